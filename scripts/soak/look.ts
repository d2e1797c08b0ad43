import { z } from 'zod';
import { type CounterLedger, isCounter } from './counter-ledger.ts';
import type { ExporterProcess } from './exporter-process.ts';
import { NO_SAMPLES, parseSamples, type Samples } from './samples.ts';

/** The whole at one moment. */
export interface Look {
  /** Milliseconds by a clock that nobody sets. */
  readonly at: number;
  /** Whether the exporter answered. */
  readonly answered: boolean;
  /**
   * What the exporter says, counters added up over its restarts; besides `prometheus_up{job}`,
   * `prometheus_scrape_seconds{job}` and `exporter_log_lines{message}`, its complaints.
   */
  readonly samples: Samples;
  /** Names of alerts that fire in Prometheus. */
  readonly firing: ReadonlySet<string>;
}

export interface Looker {
  look(): Promise<Look>;
  /** Counts the points anew from the exporter itself: large, so only where Prometheus' last scrape is too old. */
  countPoints(): Promise<void>;
}

/** A family that is among those of the devices: looks leave these to Prometheus, which scrapes them anyway. */
const POINTS = 'valtronics_telemetry_points_total';
const STARTED = 'process_start_time_seconds';

const PATIENCE = 8_000;

const vectorSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});
type Vector = z.infer<typeof vectorSchema>['data']['result'];

/** The exporter is told how long there is to answer, as Prometheus tells it: without, it may wait for a source for longer. */
const HEADERS = { 'X-Prometheus-Scrape-Timeout-Seconds': String(PATIENCE / 1000) };

/** The answer's text; undefined when there was none in time or it was no success. */
async function textAt(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers: HEADERS, signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    return answer.ok ? text : undefined;
  } catch {
    // It is away: the caller says so.
    return undefined;
  }
}

/** Lines of these families. */
function linesOf(text: string, ...families: readonly string[]): string[] {
  return text.split('\n').filter((line) => families.some((family) => line.startsWith(family)));
}

/** What is counted on the way. */
export interface Ledgers {
  /** Every counter but those of the devices. */
  readonly counters: CounterLedger;
  readonly points: CounterLedger;
}

/** Looks at exporter and Prometheus; counters go into the ledgers. */
export function createLooker(
  exporter: Pick<ExporterProcess, 'url' | 'complaints'>,
  prometheusUrl: string,
  ledgers: Ledgers,
): Looker {
  async function query(expression: string): Promise<Vector> {
    const text = await textAt(`${prometheusUrl}/api/v1/query?query=${encodeURIComponent(expression)}`);
    return text === undefined ? [] : vectorSchema.parse(JSON.parse(text)).data.result;
  }
  const pseudo = (name: string, vector: Vector): string =>
    vector.map(({ metric, value }) => `${name}{job="${metric['job'] ?? ''}"} ${value[1]}`).join('\n');

  /** The points and the process that counted them, both of one scrape. */
  const pointsOf = (vector: Vector): string =>
    vector
      .map(({ metric, value }) =>
        metric['__name__'] === STARTED
          ? `${STARTED} ${value[1]}`
          : `${POINTS}{device_type="${metric['device_type'] ?? ''}",metric_name="${metric['metric_name'] ?? ''}"} ${value[1]}`,
      )
      .join('\n');

  return {
    async countPoints() {
      const text = await textAt(`${exporter.url}/metrics?exclude[]=broker`);
      if (text !== undefined) ledgers.points.add(parseSamples(...linesOf(text, POINTS, STARTED)));
    },
    async look() {
      const [own, up, seconds, alerts, points] = await Promise.all([
        textAt(`${exporter.url}/metrics?exclude[]=fleet`),
        query('up'),
        query('scrape_duration_seconds'),
        query('ALERTS{alertstate="firing"}'),
        query(`{__name__=~"${POINTS}|${STARTED}",job="valtronics-api"}`),
      ]);
      ledgers.points.add(parseSamples(pointsOf(points)));
      const present = own === undefined ? NO_SAMPLES : parseSamples(own);
      ledgers.counters.add(present);
      const gauges = [...present.each()].filter(([series]) => !isCounter(series));
      const lines = [...exporter.complaints()].map(
        ([message, n]) => `exporter_log_lines{message="${message}"} ${n}`,
      );
      const samples = parseSamples(
        gauges.map(([series, value]) => `${series} ${value}`).join('\n'),
        ledgers.counters.text(),
        pseudo('prometheus_up', up),
        pseudo('prometheus_scrape_seconds', seconds),
        lines.join('\n'),
      );
      return {
        at: performance.now(),
        answered: own !== undefined,
        samples,
        firing: new Set(alerts.map(({ metric }) => metric['alertname'] ?? '')),
      };
    },
  };
}
