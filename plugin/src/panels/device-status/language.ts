import { config } from '@grafana/runtime';

/** The language that Grafana is set to, whatever the browser's is. */
export function language(): string {
  return config.bootData.user.language || 'en-US';
}

const formats = new Map<string, Intl.NumberFormat>();

/** A whole number with the digits and separators of Grafana's language. */
export function formatCount(count: number): string {
  const name = language();
  let format = formats.get(name);
  if (format === undefined) {
    format = new Intl.NumberFormat(name);
    formats.set(name, format);
  }
  return format.format(count);
}
