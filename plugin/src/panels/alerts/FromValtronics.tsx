import type { PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useCallback, useMemo, useState } from 'react';
import { problemOf } from '../../domain/problem';
import { AppContext, useApp } from '../../kit/app/appContext';
import { useLoad } from '../../kit/useLoad';
import { createAppContext } from '../../kit/app/createAppContext';
import { Message } from '../../kit/states/Message';
import { AlertsView } from './AlertsView';
import { loadSettings } from './data/loadSettings';
import { loadPicture } from './data/picture';
import { type DashboardTime, useDashboardTime } from './hooks/useDashboardTime';
import type { AlertsOptions } from './options/options';
import { settingsWords } from './states/settingsWords';

function Loading({ height }: { readonly height: number }) {
  return (
    <Message icon="sync" title={t('alerts.panel.loading', 'Asking for alerts…')} text="" height={height} />
  );
}

function Loaded({ time, ...props }: PanelProps<AlertsOptions> & { readonly time: DashboardTime }) {
  const { clients } = useApp();
  const { mode } = props.options;
  const { from, to, tick } = time;
  // A current list does not depend on the dashboard's time.
  const [begin, end] = mode === 'changes' ? [from, to] : [0, 0];
  const load = useCallback(
    (signal: AbortSignal) => loadPicture(clients, mode, { from: begin, to: end }, signal),
    [clients, mode, begin, end],
  );
  const [changes, setChanges] = useState(0);
  const { value, error } = useLoad(load, tick + changes);
  const reload = useCallback(() => setChanges((before) => before + 1), []);
  if (error !== undefined && value === undefined)
    return (
      <Message
        icon="exclamation-triangle"
        title={t('alerts.panel.failed', 'The alerts could not be asked for')}
        text={problemOf(error, 'exporter').detail}
        height={props.height}
      />
    );
  if (value === undefined) return <Loading height={props.height} />;
  return <AlertsView {...props} picture={value} onChanged={reload} />;
}

/** The alerts of the sources that the Valtronics app knows, with the time of the dashboard and without any query. */
export function FromValtronics(props: PanelProps<AlertsOptions>) {
  const { replaceVariables, data, timeZone, height } = props;
  const time = useDashboardTime(replaceVariables, data);
  const settings = useLoad(loadSettings, time.tick);
  const context = useMemo(
    () => (settings.value === undefined ? undefined : { ...createAppContext(settings.value), timeZone }),
    [settings.value, timeZone],
  );
  if (context === undefined && settings.error !== undefined) {
    const { title, text } = settingsWords(settings.error);
    return <Message icon="exclamation-triangle" title={title} text={text} height={height} />;
  }
  if (context === undefined) return <Loading height={height} />;
  return (
    <AppContext.Provider value={context}>
      <Loaded {...props} time={time} />
    </AppContext.Provider>
  );
}
