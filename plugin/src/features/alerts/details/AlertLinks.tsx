import { t } from '@grafana/i18n';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import type { AlertRow } from '../../../domain/alerts/alert';
import { APP_ROOT } from '../../../api/pluginId';
import { deviceHref } from '../../../kit/links/DeviceLink';
import { HrefButton, safeUrl } from '../../../kit/links/HrefLink';
import { PageButton } from '../../../kit/links/PageLink';
import { alertTracesPath } from '../../traces/alertTraces';
import { getDetailsStyles } from './detailsStyles';

/** The page's address with this alert opened, as others can use it. */
function alertAddress(fingerprint: string, search: string): string {
  const query = new URLSearchParams(search);
  query.set('alert', fingerprint);
  return `${window.location.href.split('/a/')[0] ?? ''}${APP_ROOT}/alerts?${query.toString()}`;
}

interface Props {
  readonly alert: AlertRow;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** From an alert to what it is about. */
export function AlertLinks({ alert, now }: Props) {
  const styles = useStyles2(getDetailsStyles);
  const { search } = useLocation();
  const { labels, annotations, generatorUrl, fingerprint, name } = alert;
  const generator = safeUrl(generatorUrl);
  const dashboard = safeUrl(annotations.dashboard_url);
  const device = labels.device_id;
  const traces = alertTracesPath(alert, now);
  const rule = new URLSearchParams({ tab: 'rules', rule: name }).toString();
  return (
    <div className={styles.links}>
      {device !== undefined && (
        <PageButton size="sm" icon="apps" to={deviceHref(device, search)}>
          {t('alerts.details.device', 'Device')}
        </PageButton>
      )}
      <PageButton size="sm" icon="list-ul" to={`${APP_ROOT}/alerts?${rule}`}>
        {t('alerts.details.rule', 'Rule')}
      </PageButton>
      {traces !== undefined && (
        <PageButton size="sm" icon="gf-traces" to={traces}>
          {t('alerts.details.traces', 'Traces')}
        </PageButton>
      )}
      {dashboard !== undefined && (
        <HrefButton icon="dashboard" href={dashboard} target="_blank">
          {t('alerts.details.dashboard', 'Dashboard')}
        </HrefButton>
      )}
      {generator !== undefined && (
        <HrefButton icon="external-link-alt" href={generator} target="_blank">
          {t('alerts.details.generator', 'Expression')}
        </HrefButton>
      )}
      <ClipboardButton
        size="sm"
        variant="secondary"
        icon="share-alt"
        getText={() => alertAddress(fingerprint, search)}
      >
        {t('alerts.details.copyLink', 'Copy link')}
      </ClipboardButton>
    </div>
  );
}
