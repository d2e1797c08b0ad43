import type { PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useCallback, useMemo, useState } from 'react';
import { problemOf } from '../../domain/problem';
import { placeOfPanel } from '../../kit/links/audience';
import { sourceAgeWords } from '../../features/alerts/list/alertWords';
import { AppContext, useApp } from '../../kit/app/appContext';
import { lastKnown, newest, useAnswer } from '../../kit/answer';
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
  const { clients, timeZone } = useApp();
  const { mode } = props.options;
  const { from, to, tick } = time;
  const [asker] = useState(() => ({}));
  // A current list does not depend on the dashboard's time.
  const [begin, end] = mode === 'changes' ? [from, to] : [0, 0];
  const load = useCallback(
    (signal: AbortSignal) => loadPicture(clients, mode, { from: begin, to: end }, signal, asker),
    [clients, mode, begin, end, asker],
  );
  const [changes, setChanges] = useState(0);
  const { value, error, at } = lastKnown(useAnswer(load, tick + changes));
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
  const failure =
    error === undefined || at === undefined
      ? undefined
      : `${problemOf(error, 'exporter').detail} ${sourceAgeWords(at, Date.now(), timeZone)}`;
  return <AlertsView {...props} picture={value} error={failure} onChanged={reload} />;
}

/** The alerts of now are none of a snapshot's, and a public dashboard may not ask for them. */
function NotHere({ place, height }: { readonly place: 'snapshot' | 'public'; readonly height: number }) {
  return (
    <Message
      icon="bell-slash"
      title={
        place === 'snapshot'
          ? t('alerts.panel.inSnapshot', 'The snapshot does not hold these alerts')
          : t('alerts.panel.inPublic', 'A public dashboard cannot ask for these alerts')
      }
      text={t(
        'alerts.panel.useQuery',
        'This panel asks for the alerts of now. One whose source is a query shows the alerts of its answer here, too.',
      )}
      height={height}
    />
  );
}

/** The alerts of the sources that the Valtronics app knows, with the time of the dashboard and without any query. */
export function FromValtronics(props: PanelProps<AlertsOptions>) {
  const place = placeOfPanel();
  return place === 'dashboard' ? <OnDashboard {...props} /> : <NotHere place={place} height={props.height} />;
}

function OnDashboard(props: PanelProps<AlertsOptions>) {
  const { replaceVariables, data, timeZone, height } = props;
  const time = useDashboardTime(replaceVariables, data);
  const settings = newest(useAnswer(loadSettings, time.tick));
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
