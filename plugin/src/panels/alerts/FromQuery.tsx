import { LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useMemo } from 'react';
import { readSettings } from '../../api/settings';
import { AppContext } from '../../kit/app/appContext';
import { createAppContext } from '../../kit/app/createAppContext';
import { Message } from '../../kit/states/Message';
import { alertsOfFrames, holdsAlerts } from './data/frames';
import type { Picture } from './data/picture';
import { AlertsView } from './AlertsView';
import type { AlertsOptions } from './options/options';

/** The alerts in the answer of the panel's own query. */
export function FromQuery(props: PanelProps<AlertsOptions>) {
  const { data, timeRange, timeZone, height } = props;
  const context = useMemo(() => ({ ...createAppContext(readSettings(undefined)), timeZone }), [timeZone]);
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  const picture = useMemo(
    (): Picture => ({
      alerts: alertsOfFrames(data.series, to),
      silences: [],
      problems: [],
      span: { from, to },
    }),
    [data.series, from, to],
  );
  const error = data.state === LoadingState.Error ? (data.errors?.[0]?.message ?? '') : undefined;
  const isEmpty = data.series.every(({ length }) => length === 0);
  const isWaiting = data.state === LoadingState.Loading || data.state === LoadingState.NotStarted;
  if (error !== undefined && isEmpty)
    return (
      <Message
        icon="exclamation-triangle"
        title={t('alerts.panel.query.failed', 'The query failed')}
        text={error}
        height={height}
      />
    );
  if (isWaiting && isEmpty)
    return (
      <Message icon="sync" title={t('alerts.panel.loading', 'Asking for alerts…')} text="" height={height} />
    );
  if (!isEmpty && !holdsAlerts(data.series))
    return (
      <Message
        icon="bell-slash"
        title={t('alerts.panel.query.noAlerts', 'The answer of the query holds no alerts')}
        text={t(
          'alerts.panel.query.noAlertsHelp',
          'Ask for ALERTS in Prometheus, or for a table with the columns alertname and severity.',
        )}
        height={height}
      />
    );
  return (
    <AppContext.Provider value={context}>
      <AlertsView {...props} picture={picture} error={error} />
    </AppContext.Provider>
  );
}
