import { t } from '@grafana/i18n';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { TraceAnswer } from '../../../api/tracesClient';
import type { OpenedTrace } from '../../../domain/traces/openedTrace';
import { traceFacts, type TraceFacts } from '../../../domain/traces/traceFindings';
import { useApp } from '../../../kit/app/appContext';
import { PageButton } from '../../../kit/links/PageLink';
import { PartBoundary } from '../../../kit/states/PartBoundary';
import { jaegerPath } from '../jaegerPath';
import { tracesPath } from '../tracesAddress';
import { MissingTrace } from './MissingTrace';
import { NeighboursPart } from './NeighboursPart';
import { getOpenedStyles } from './openedStyles';
import { TraceHead } from './TraceHead';
import { TraceLinesPart } from './TraceLinesPart';
import { TraceWhy } from './TraceWhy';
import { Waterfall } from './Waterfall';

/** Lines of a trace are looked for in so much time around it, milliseconds: clocks differ, and some write late. */
const AROUND = 60_000;

interface PartsProps {
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** From a trace to what it is about. */
function TraceLinks({ traceId, facts }: { readonly traceId: string; readonly facts: TraceFacts }) {
  const styles = useStyles2(getOpenedStyles);
  const { canExplore } = useApp();
  const { deviceId, start } = facts;
  const jaeger = canExplore ? jaegerPath(traceId, start) : undefined;
  return (
    <div className={styles.links}>
      <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => traceId}>
        {t('traces.opened.copyId', 'Copy trace id')}
      </ClipboardButton>
      {deviceId !== null && (
        <PageButton size="sm" icon="gf-traces" to={tracesPath({ filter: { device: deviceId }, view: 'all' })}>
          {t('traces.opened.ofDevice', 'Traces of this device')}
        </PageButton>
      )}
      {jaeger !== undefined && (
        <PageButton size="sm" icon="compass" to={jaeger}>
          {t('traces.opened.jaeger', 'In Jaeger')}
        </PageButton>
      )}
    </div>
  );
}

function Found({
  trace,
  facts,
  tick,
  now,
}: PartsProps & { readonly trace: OpenedTrace; readonly facts: TraceFacts }) {
  const styles = useStyles2(getOpenedStyles);
  const { traceId, spans } = trace;
  const { start, duration, correlationId } = facts;
  const span = useMemo(() => ({ from: start - AROUND, to: start + duration + AROUND }), [start, duration]);
  return (
    <div className={styles.room}>
      <TraceHead facts={facts} spanCount={spans.length} now={now} />
      <TraceLinks traceId={traceId} facts={facts} />
      <TraceWhy trace={trace} duration={duration} />
      <div className={styles.beside}>
        <PartBoundary name={t('traces.opened.waterfall', 'Waterfall')}>
          <Waterfall trace={trace} />
        </PartBoundary>
        <PartBoundary name={t('traces.opened.lines', 'Log lines')}>
          <TraceLinesPart traceId={traceId} correlationId={correlationId} span={span} tick={tick} now={now} />
        </PartBoundary>
      </div>
      <PartBoundary name={t('traces.opened.neighbours', 'The same around it')}>
        <NeighboursPart traceId={traceId} facts={facts} tick={tick} now={now} />
      </PartBoundary>
    </div>
  );
}

interface Props extends PartsProps {
  /** 16 or 32 hexadecimal digits. */
  readonly traceId: string;
  readonly answer: TraceAnswer;
}

/** A trace with everything that belongs to it; of one that is not kept its lines, which may be. */
export function OpenedTraceView({ traceId, answer, tick, now }: Props) {
  const styles = useStyles2(getOpenedStyles);
  const { canExplore } = useApp();
  const facts = useMemo(() => ('trace' in answer ? traceFacts(answer.trace) : undefined), [answer]);
  if ('trace' in answer && facts !== undefined)
    return <Found trace={answer.trace} facts={facts} tick={tick} now={now} />;
  return (
    <div className={styles.room}>
      <MissingTrace
        title={t('traces.opened.missing', 'This trace is not kept')}
        text={'missing' in answer ? answer.missing : t('traces.opened.noSpan', 'It has no span any more.')}
        jaeger={canExplore ? jaegerPath(traceId, now) : undefined}
      />
      <PartBoundary name={t('traces.opened.lines', 'Log lines')}>
        <TraceLinesPart traceId={traceId} correlationId={null} span={undefined} tick={tick} now={now} />
      </PartBoundary>
    </div>
  );
}
