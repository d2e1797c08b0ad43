import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { AlertRow } from '../../../domain/alerts/alert';
import { whereOf } from '../../../domain/alerts/alertName';
import { SeverityLabel } from '../list/SeverityLabel';
import type { SilencePreview as Preview } from './silenceDraft';

/** Names that are written out; the rest is a number. */
const MOST_NAMES = 8;

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(1, 1.5),
    // The dialog must not jump with every letter.
    minHeight: '7em',
    maxHeight: '14em',
    overflowY: 'auto',
    overflowWrap: 'anywhere',
    '& ul': { listStyle: 'none', margin: theme.spacing(0.5, 0, 0) },
  }),
  other: css({ color: theme.colors.text.secondary }),
  refused: css({ color: theme.colors.warning.text }),
});

/** What would be silenced, or why Alertmanager would refuse. */
function previewWords(preview: Preview, others: number): string {
  if (preview.kind === 'noExpression') {
    return t('alerts.actions.previewNoExpression', 'This is no regular expression: {{detail}}', {
      detail: preview.detail,
      interpolation: { escapeValue: false },
    });
  }
  if (preview.kind === 'refused') {
    switch (preview.reason) {
      case 'nothing':
        return t('alerts.actions.previewNothing', 'Add a matcher: a silence of everything is refused.');
      case 'noName':
        return t('alerts.actions.previewNoName', 'A matcher has no label.');
      case 'matchesAll':
        return t(
          'alerts.actions.previewAll',
          'These matchers match alerts without any label, too; Alertmanager refuses that. One must demand a value.',
        );
    }
  }
  const count = preview.alerts.length;
  if (count === 0)
    return t('alerts.actions.previewNone', 'Would silence nothing that is there now, and what comes later.');
  const words = t('alerts.actions.preview', 'Would silence {{count}} alerts now', { count });
  if (others === 0) return `${words}.`;
  return `${words}, ${t('alerts.actions.previewOthers', '{{count}} of them not selected', { count: others })}.`;
}

function Name({ alert, other }: { readonly alert: AlertRow; readonly other: boolean }) {
  const styles = useStyles2(getStyles);
  const where = whereOf(alert);
  return (
    <li className={other ? styles.other : undefined}>
      <SeverityLabel severity={alert.severity} /> <bdi>{alert.name}</bdi>
      {where !== undefined && (
        <>
          {' · '}
          <bdi>{where}</bdi>
        </>
      )}
      {other && ` (${t('alerts.actions.previewOther', 'not selected')})`}
    </li>
  );
}

interface Props {
  readonly preview: Preview;
  /** Fingerprints of the alerts that are meant; undefined when nobody selected any. */
  readonly selected: ReadonlySet<string> | undefined;
}

/** "Would silence 4 alerts now", with their names; those that nobody selected come first. */
export function SilencePreview({ preview, selected }: Props) {
  const styles = useStyles2(getStyles);
  const alerts = preview.kind === 'alerts' ? preview.alerts : [];
  const isOther = ({ fingerprint }: AlertRow): boolean => selected?.has(fingerprint) === false;
  const others = alerts.filter(isOther);
  const shown = [...others, ...alerts.filter((alert) => !isOther(alert))].slice(0, MOST_NAMES);
  return (
    <div className={styles.box}>
      <div role="status" className={preview.kind === 'alerts' ? undefined : styles.refused}>
        {previewWords(preview, others.length)}
      </div>
      <ul>
        {shown.map((alert) => (
          <Name key={alert.fingerprint} alert={alert} other={isOther(alert)} />
        ))}
        {alerts.length > shown.length && (
          <li>
            {t('alerts.actions.previewMore', 'and {{count}} more', { count: alerts.length - shown.length })}
          </li>
        )}
      </ul>
    </div>
  );
}
