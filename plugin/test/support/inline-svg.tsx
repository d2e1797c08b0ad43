/** Stands for `react-inlinesvg`: Grafana's icons would be fetched from a server that is not there. */
export default function InlineSvg({ src }: { readonly src: string }) {
  return <svg data-src={src} />;
}

export const cacheStore = {};
