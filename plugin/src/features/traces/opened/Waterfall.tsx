import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { Icon } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import { objectOrUndefined } from '../../../api/json';
import type { OpenedTrace, TraceSpan } from '../../../domain/traces/openedTrace';
import { useApp } from '../../../kit/app/appContext';
import { GrafanaPanel } from '../../../kit/charts/GrafanaPanel';
import { logsPath } from '../../logs/logsAddress';
import { traceData } from './traceFrame';

/** What the panel shows above the spans with room for one that is opened, and the height of each, pixels. */
const HEAD = 400;
const SPAN = 28;
const LEAST = 480;
const MOST = 800;

/** Lines of a span are looked for in so much time around it, milliseconds. */
const AROUND = 1000;

/** A link of a span, as Grafana's panel draws it. */
interface SpanLink {
  readonly type: 'log';
  readonly href: string;
  readonly title: string;
  readonly content: ReactNode;
  readonly field: object;
  readonly onClick: () => void;
}

/** The lines of a span: those of its trace, in its time. */
function linesOf(span: TraceSpan, traceId: string): SpanLink {
  const { start, duration } = span;
  const path = logsPath({ trace: traceId }, { from: start - AROUND, to: start + duration + AROUND });
  const title = t('traces.opened.spanLines', 'Log lines of this span');
  return {
    ...{ type: 'log', href: locationUtil.assureBaseUrl(path), title, field: {} },
    content: <Icon name="gf-logs" title={title} />,
    onClick: () => locationService.push(path),
  };
}

/** What the panel makes links with: it hands out its own span, of which the id is read. */
function spanLinks({ traceId, spans }: OpenedTrace) {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  return (panelSpan: unknown): SpanLink[] => {
    const spanID = objectOrUndefined(panelSpan)?.spanID;
    const span = typeof spanID === 'string' ? byId.get(spanID) : undefined;
    return span === undefined ? [] : [linesOf(span, traceId)];
  };
}

/** The spans of a trace over time, by Grafana's own panel. */
export function Waterfall({ trace }: { readonly trace: OpenedTrace }) {
  const { timeZone } = useApp();
  const data = useMemo(() => traceData(trace), [trace]);
  const options = useMemo(() => ({ createSpanLink: spanLinks(trace) }), [trace]);
  return (
    <GrafanaPanel
      pluginId="traces"
      title={t('traces.opened.waterfall', 'Waterfall')}
      data={data}
      options={options}
      height={Math.min(MOST, Math.max(LEAST, HEAD + SPAN * trace.spans.length))}
      timeZone={timeZone}
    />
  );
}
