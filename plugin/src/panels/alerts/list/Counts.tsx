import { css } from '@emotion/css';
import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { SEVERITY_CLASSES, severityClass } from '../../../domain/alerts/severity';
import { APP_ROOT } from '../../../api/pluginId';
import { severityColor, severityGlyph, severityWord } from '../../../features/alerts/list/severityLook';
import type { Shown } from '../data/lines';
import type { AlertsOptions } from '../options/options';
import { numberWords } from '../../../kit/words/numbers';
import { canFollowLinks } from '../../../kit/links/audience';

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    flex: 'none',
    alignItems: 'baseline',
  }),
  counts: css({
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
  }),
  muted: css({ color: theme.colors.text.secondary }),
  link: css({
    marginLeft: 'auto',
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
  }),
});

/** Alerts by severity, the worst first; what is hidden; the way to all of them. */
export function Counts({ shown, mode }: { readonly shown: Shown; readonly mode: AlertsOptions['mode'] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const counts = SEVERITY_CLASSES.map((word) => {
    const alerts = shown.alerts.filter(({ severity }) => severityClass(severity) === word);
    return { word, count: alerts.length };
  }).filter(({ count }) => count > 0);
  return (
    <div className={styles.line}>
      <ul className={styles.counts} aria-label={t('alerts.panel.counts', 'Alerts by severity')}>
        {counts.map(({ word, count }) => (
          <li key={word} style={{ color: severityColor(theme, word) }}>
            <span aria-hidden="true">{severityGlyph(word)}</span> {numberWords(count)}{' '}
            {word === 'other' ? t('alerts.panel.otherSeverity', 'other') : severityWord(word)}
          </li>
        ))}
      </ul>
      {shown.hidden > 0 && (
        <span
          className={styles.muted}
          title={t('alerts.panel.hiddenHelp', 'The options of this panel leave them out')}
        >
          {t('alerts.panel.hiddenCount', '{{number}} hidden', { number: numberWords(shown.hidden) })}
        </span>
      )}
      {canFollowLinks() && (
        <a
          className={styles.link}
          href={locationUtil.assureBaseUrl(`${APP_ROOT}/alerts${mode === 'changes' ? '?tab=history' : ''}`)}
        >
          {t('alerts.panel.all', 'All alerts')}
        </a>
      )}
    </div>
  );
}
