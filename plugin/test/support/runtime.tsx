import type { PanelRendererProps, PluginPageProps } from '@grafana/runtime';

// What Grafana itself puts into place when it starts, for pages that are tested in a browser without it.

export * from '@grafana/runtime';

/** Stands for Grafana's page around a plugin's. */
export function PluginPage({ actions, children }: PluginPageProps) {
  return (
    <main style={{ padding: 16 }}>
      {actions}
      {children}
    </main>
  );
}

/** Stands for a panel plugin: its place, without a picture. */
export function PanelRenderer({ title, width, height }: PanelRendererProps) {
  return (
    <div data-testid="panel" style={{ width, height }}>
      {title}
    </div>
  );
}
