import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { table } from '../shared/query.ts';
import { type Column, columns, tablePanel } from '../shared/table-panel.ts';

const COLUMNS: readonly Column[] = [
  { field: 'target', header: 'Source' },
  { field: 'Value', header: 'Time left' },
];

/** When the certificates of the platform run out. */
export function certificates(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 29,
      title: 'TLS Certificates',
      description: 'How long the certificate that each source presents is still good for.',
      noValue: 'No source is spoken to over TLS.',
      runbooks: ['CertificateExpiring'],
    },
    COLUMNS,
    { header: 'Time left', descending: false },
  );
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .height(8)
    .withTarget(table('min by (target) (valtronics_tls_certificate_expiry_timestamp_seconds) - time()'))
    .unit('s');
}
