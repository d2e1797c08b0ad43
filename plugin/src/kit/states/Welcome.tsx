import { t } from '@grafana/i18n';
import { PageButton } from '../links/PageLink';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { CONFIGURATION_PATH } from './ProblemNotice';
import { useApp } from '../app/appContext';

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ maxWidth: '46em', display: 'grid', gap: theme.spacing(2), justifyItems: 'start' }),
  steps: css({
    paddingLeft: theme.spacing(3),
    display: 'grid',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  }),
});

/** Nothing is configured: what to do, in three steps. */
export function Welcome() {
  const styles = useStyles2(getStyles);
  const { isAdmin } = useApp();
  return (
    <section className={styles.box}>
      <h2>{t('welcome.title', 'Nothing is configured yet')}</h2>
      <ol className={styles.steps}>
        <li>
          {t(
            'welcome.run',
            'Run the Valtronics exporter where it reaches the platform; it listens on port 8001.',
          )}
        </li>
        <li>
          {t(
            'welcome.scrape',
            'Let Prometheus scrape its /metrics, and add that Prometheus to Grafana as a data source.',
          )}
        </li>
        <li>
          {t(
            'welcome.enter',
            "Enter the exporter's address and token on the configuration page and test the connection.",
          )}
        </li>
      </ol>
      {isAdmin ? (
        <PageButton to={CONFIGURATION_PATH} icon="cog">
          {t('config.test.button', 'Test connection')}
        </PageButton>
      ) : (
        <p>{t('welcome.askAdministrator', 'Ask an administrator of this Grafana to do so.')}</p>
      )}
    </section>
  );
}
