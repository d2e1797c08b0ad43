import { t } from '@grafana/i18n';
import { Alert, Stack } from '@grafana/ui';
import { PageButton } from '../../../kit/links/PageLink';
import { tracesPath } from '../tracesAddress';

interface Props {
  readonly title: string;
  /** Why, and what to do, in words. */
  readonly text: string;
  /** The trace in Jaeger; undefined where nobody may look there. */
  readonly jaeger?: string | undefined;
}

/** In place of a trace that cannot be shown: why, and where to go on. */
export function MissingTrace({ title, text, jaeger }: Props) {
  return (
    <Alert severity="info" title={title}>
      <p>{text}</p>
      <Stack direction="row" gap={1} wrap="wrap">
        <PageButton size="sm" icon="gf-traces" to={tracesPath()}>
          {t('traces.opened.all', 'Traces that are kept')}
        </PageButton>
        {jaeger !== undefined && (
          <PageButton size="sm" icon="compass" to={jaeger}>
            {t('traces.opened.jaeger', 'In Jaeger')}
          </PageButton>
        )}
      </Stack>
    </Alert>
  );
}
