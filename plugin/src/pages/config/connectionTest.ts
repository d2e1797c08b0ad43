import type { AlertmanagerClient } from '../../api/alertmanagerClient';
import type { Collector } from '../../api/exporterTypes';
import type { Clients } from '../../api/clients';
import { ApiFailure, problemOf, type Problem } from '../../domain/problem';
import type { PrometheusClient } from '../../api/prometheusClient';

/** What the test looks at, in its order. */
export const STEPS = [
  'reachable',
  'authorised',
  'version',
  'collectors',
  'prometheus',
  'scraped',
  'alertmanager',
] as const;
export type Step = (typeof STEPS)[number];

/**
 * What the test found, step by step. `blocked`: an earlier step failed; `unsaved`: Grafana's server only knows
 * what was saved.
 */
export type StepResult =
  | { readonly step: Step; readonly state: 'blocked' }
  | { readonly step: Step; readonly state: 'unsaved' }
  | { readonly step: Step; readonly state: 'problem'; readonly problem: Problem }
  | { readonly step: 'reachable' | 'authorised' | 'prometheus' | 'alertmanager'; readonly state: 'ok' }
  | { readonly step: 'version'; readonly state: 'ok'; readonly version: string }
  | {
      readonly step: 'collectors';
      readonly state: 'ok' | 'failing' | 'none';
      readonly collectors: readonly Collector[];
    }
  | { readonly step: 'scraped'; readonly state: 'ok'; readonly instance: string; readonly version: string }
  | { readonly step: 'scraped'; readonly state: 'down' | 'other'; readonly instance: string }
  | { readonly step: 'scraped'; readonly state: 'none' };

/** Everything that Prometheus scrapes as an exporter of ours, and the targets of its job (contract §5). */
/** Which exporters Prometheus has. */
export const BUILD_QUERY = 'max by (instance, version) (valtronics_exporter_build_info)';
/** Which it should scrape. */
export const TARGETS_QUERY = 'max by (instance) (up{job="valtronics-api"})';
const ALIVE_QUERY = 'vector(1)';

const EXPORTER_STEPS = ['reachable', 'authorised', 'version', 'collectors'] as const;

function rest(state: 'blocked' | 'unsaved', from: number): StepResult[] {
  return EXPORTER_STEPS.slice(from).map((step) => ({ step, state }));
}

function collectorsResult(collectors: readonly Collector[]): StepResult {
  const configured = collectors.filter(({ state }) => state !== 'not_configured');
  const failing = configured.some(({ state }) => state === 'failing' || state === 'paused');
  const state = configured.length === 0 ? 'none' : failing ? 'failing' : 'ok';
  return { step: 'collectors', state, collectors };
}

/** The steps at the exporter, with the settings that are saved. */
export async function testExporter({ exporter }: Pick<Clients, 'exporter'>): Promise<StepResult[]> {
  let collectors: Collector[];
  try {
    collectors = await exporter.collectors();
  } catch (error) {
    const problem = problemOf(error, 'exporter');
    if (problem.kind === 'unauthorised') {
      return [
        { step: 'reachable', state: 'ok' },
        { step: 'authorised', state: 'problem', problem },
        ...rest('blocked', 2),
      ];
    }
    return [{ step: 'reachable', state: 'problem', problem }, ...rest('blocked', 1)];
  }
  const reached: StepResult[] = [
    { step: 'reachable', state: 'ok' },
    { step: 'authorised', state: 'ok' },
  ];
  try {
    const version = await exporter.version();
    return [...reached, { step: 'version', state: 'ok', version }, collectorsResult(collectors)];
  } catch (error) {
    const problem = problemOf(error, 'exporter');
    return [...reached, { step: 'version', state: 'problem', problem }, collectorsResult(collectors)];
  }
}

/** What is said of the exporter while its address or token is not saved. */
export function unsavedExporter(): StepResult[] {
  return rest('unsaved', 0);
}

/** Whether Prometheus scrapes an exporter, preferably the one at `instance` (`host:port`). */
async function scraped(
  prometheus: PrometheusClient,
  instance: string | undefined,
  now: number,
): Promise<StepResult> {
  const [builds, targets] = await Promise.all([
    prometheus.instant(BUILD_QUERY, now),
    prometheus.instant(TARGETS_QUERY, now),
  ]);
  const build = builds.find(({ labels }) => labels.instance === instance) ?? builds[0];
  if (build !== undefined) {
    return {
      step: 'scraped',
      state: 'ok',
      instance: build.labels.instance ?? '',
      version: build.labels.version ?? '',
    };
  }
  const target = targets.find(({ labels }) => labels.instance === instance) ?? targets[0];
  if (target === undefined) return { step: 'scraped', state: 'none' };
  const state = target.value === 1 ? 'other' : 'down';
  return { step: 'scraped', state, instance: target.labels.instance ?? '' };
}

/** The steps at Prometheus; they need nothing to be saved. `now`: milliseconds since the epoch. */
export async function testPrometheus(
  prometheus: PrometheusClient,
  instance: string | undefined,
  now: number,
): Promise<StepResult[]> {
  try {
    await prometheus.instant(ALIVE_QUERY, now);
    return [{ step: 'prometheus', state: 'ok' }, await scraped(prometheus, instance, now)];
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return [
      { step: 'prometheus', state: 'problem', problem: error.problem },
      { step: 'scraped', state: 'blocked' },
    ];
  }
}

/** The step at Alertmanager; it needs nothing to be saved. */
export async function testAlertmanager(alertmanager: AlertmanagerClient): Promise<StepResult> {
  try {
    await alertmanager.silences();
    return { step: 'alertmanager', state: 'ok' };
  } catch (error) {
    return { step: 'alertmanager', state: 'problem', problem: problemOf(error, 'alertmanager') };
  }
}
