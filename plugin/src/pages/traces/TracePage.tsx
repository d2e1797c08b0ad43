import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Button } from '@grafana/ui';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { problemOf } from '../../domain/problem';
import { traceIdOf } from '../../domain/traces/traceFilter';
import { MissingTrace } from '../../features/traces/opened/MissingTrace';
import { OpenedTraceView } from '../../features/traces/opened/OpenedTraceView';
import { tracesPath } from '../../features/traces/tracesAddress';
import { Known, newest, useAnswer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { Welcome } from '../../kit/states/Welcome';
import { useNow } from '../../kit/time/useNow';
import { useTick } from '../../kit/time/useTick';

/** Ages on the page are renewed this often, milliseconds. */
const CLOCK_MS = 5000;
/** So much of an id tells a trace from others. */
const SHOWN_OF_ID = 8;

function pageNav(name: string) {
  const url = locationUtil.assureBaseUrl(tracesPath());
  return { text: name, parentItem: { text: t('traces.opened.parent', 'Traces'), url } };
}

/** A trace is over: it is read once, and again when somebody wants it. */
function TraceView({ traceId }: { readonly traceId: string }) {
  const { clients } = useApp();
  const { tick, now: again } = useTick(undefined);
  const now = useNow(CLOCK_MS);
  const load = useCallback(
    (signal: AbortSignal) => clients.traces.trace(traceId, signal),
    [clients, traceId],
  );
  const answer = useAnswer(load, tick);
  const { error } = newest(answer);
  const isUnconfigured = error !== undefined && problemOf(error, 'exporter').kind === 'not-configured';
  return (
    <PluginPage
      pageNav={pageNav(t('traces.opened.title', 'Trace {{id}}', { id: traceId.slice(0, SHOWN_OF_ID) }))}
      actions={
        <Button variant="secondary" icon="sync" disabled={answer.loading} onClick={again}>
          {t('traces.opened.again', 'Read it again')}
        </Button>
      }
    >
      {isUnconfigured ? (
        <Welcome />
      ) : (
        <Known answer={answer} source="exporter" height={640} now={now}>
          {(value) => <OpenedTraceView traceId={traceId} answer={value} tick={tick} now={now} />}
        </Known>
      )}
    </PluginPage>
  );
}

/** `traces/:traceId`: one trace with its waterfall, its log lines and its neighbours. */
export default function TracePage() {
  const { traceId: named = '' } = useParams();
  const traceId = traceIdOf(named);
  // Another trace is another page: nothing of the one before may stay.
  if (traceId !== undefined) return <TraceView key={traceId} traceId={traceId} />;
  return (
    <PluginPage pageNav={pageNav(named)}>
      <MissingTrace
        title={t('traces.opened.noId', '“{{id}}” is the id of no trace', {
          id: named,
          interpolation: { escapeValue: false },
        })}
        text={t(
          'traces.opened.noIdHow',
          'An id has 32 hexadecimal digits. What an answer carries as X-Request-ID is a correlation id: look for it on the page of the traces.',
        )}
      />
    </PluginPage>
  );
}
