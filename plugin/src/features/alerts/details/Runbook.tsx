import { css } from '@emotion/css';
import { renderMarkdown, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import { newest, useAnswer } from '../../../kit/answer';
import { Skeleton } from '../../../kit/states/Skeleton';
import { HrefLink, safeUrl } from '../../../kit/links/HrefLink';
import { loadRunbook, runbookOf, runbookText, type RunbookName } from './runbooks';

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({
    maxWidth: '70em',
    overflowWrap: 'anywhere',
    '& h2': { ...theme.typography.h5, marginTop: theme.spacing(2) },
    '& h3': { ...theme.typography.h6, marginTop: theme.spacing(1) },
    '& pre': { whiteSpace: 'pre-wrap' },
    '& ul, & ol': { paddingLeft: theme.spacing(3) },
  }),
});

function RunbookText({ name, url }: { readonly name: RunbookName; readonly url: string }) {
  const styles = useStyles2(getStyles);
  const load = useCallback((signal: AbortSignal) => loadRunbook(name, signal), [name]);
  const { value, error } = newest(useAnswer(load, 0));
  // Grafana's own Markdown: what is dangerous in it is taken out.
  const html = useMemo(
    () => (value === undefined ? undefined : renderMarkdown(runbookText(value, url))),
    [value, url],
  );
  if (error !== undefined) {
    return (
      <p>
        {t('alerts.details.runbookFailed', 'The runbook could not be loaded: {{reason}}', {
          reason:
            error instanceof Error ? error.message : t('alerts.details.runbookUnknown', 'no reason given'),
          interpolation: { escapeValue: false },
        })}
      </p>
    );
  }
  if (html === undefined) return <Skeleton height={120} />;
  return <div className={styles.text} dangerouslySetInnerHTML={{ __html: html }} />;
}

interface Props {
  /** Annotation `runbook_url`; undefined when there is none. */
  readonly url: string | undefined;
}

/** What to do about an alert: the runbook in place where it comes with the plugin, and its address. */
export function Runbook({ url }: Props) {
  if (url === undefined || url === '')
    return <p>{t('alerts.details.noRunbook', 'This alert names no runbook (annotation runbook_url).')}</p>;
  const name = runbookOf(url);
  const safe = safeUrl(url);
  return (
    <>
      {name !== undefined && <RunbookText name={name} url={url} />}
      <p>{safe === undefined ? <bdi>{url}</bdi> : <HrefLink href={safe}>{safe}</HrefLink>}</p>
    </>
  );
}
