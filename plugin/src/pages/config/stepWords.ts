import { t } from '@grafana/i18n';
import type { DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { Collector } from '../../api/exporterTypes';
import { problemWords } from '../../kit/states/problemWords';
import { collectorWords } from '../../features/system/collectorWords';
import type { Step, StepResult } from './connectionTest';

/** Words go into text nodes: React escapes them, i18next must not do it again. */
const PLAIN = { interpolation: { escapeValue: false } } as const;

/** A step in words: how it went, and what to do where it did not go well. */
export interface StepWords {
  /** Whose glyph and colour stands before it. */
  readonly look: DeviceStatus;
  readonly outcome: string;
  readonly next: string;
  /** What the other side said. */
  readonly detail: string;
}

/** What a step is called. */
export function stepName(step: Step): string {
  switch (step) {
    case 'reachable':
      return t('config.step.reachable', 'Grafana reaches the exporter');
    case 'authorised':
      return t('config.step.authorised', 'The exporter accepts the token');
    case 'version':
      return t('config.step.version', 'Version');
    case 'collectors':
      return t('config.step.collectors', 'Collectors');
    case 'prometheus':
      return t('config.step.prometheus', 'Prometheus answers');
    case 'scraped':
      return t('config.step.scraped', 'Prometheus scrapes the exporter');
    case 'alertmanager':
      return t('config.step.alertmanager', 'Alertmanager answers through Grafana');
  }
}

function well(outcome: string): StepWords {
  return { look: 'online', outcome, next: '', detail: '' };
}

function problemStep(result: Extract<StepResult, { readonly state: 'problem' }>): StepWords {
  const { title, nextStep } = problemWords(result.problem);
  const { detail } = result.problem;
  if (result.step === 'reachable' && result.problem.kind === 'unknown') {
    return {
      look: 'error',
      outcome: t('config.outcome.stranger', 'Something answers there that is not a Valtronics exporter'),
      next: t(
        'config.next.stranger',
        'Check host and port of the address, and that no path is missing or too much.',
      ),
      detail,
    };
  }
  // Without Alertmanager nobody can silence; everything else works.
  const look = result.step === 'alertmanager' ? 'warning' : 'error';
  return { look, outcome: title, next: nextStep, detail };
}

function collectorsStep(state: 'ok' | 'failing' | 'none', collectors: readonly Collector[]): StepWords {
  const configured = collectors.filter((collector) => collector.state !== 'not_configured');
  if (state === 'none') {
    return {
      look: 'warning',
      outcome: t('config.outcome.noCollector', 'No source is configured in the exporter'),
      next: t(
        'config.next.noCollector',
        'Set for example VALTRONICS_API_URL or VALTRONICS_MQTT_URL for the exporter.',
      ),
      detail: '',
    };
  }
  const fine = configured.filter((collector) => collector.state === 'ok');
  const outcome = t('config.outcome.collectors', '{{fine}} of {{total}} succeed: {{names}}', {
    fine: fine.length,
    total: configured.length,
    names: configured.map(({ name }) => name).join(', '),
    ...PLAIN,
  });
  if (state === 'ok') return well(outcome);
  return {
    look: 'warning',
    outcome,
    next: t(
      'config.next.collectors',
      'The exporter works; repair the sources that fail. The page System follows them.',
    ),
    detail: configured
      .filter((collector) => collector.state !== 'ok')
      .map((collector) => `${collector.name}: ${collectorWords(collector, Date.now())}`)
      .join('\n'),
  };
}

type ScrapedResult = Extract<StepResult, { readonly step: 'scraped' }>;

function scrapedStep(result: ScrapedResult): StepWords {
  switch (result.state) {
    case 'ok':
      return well(
        t('config.outcome.scraped', 'yes, {{instance}}, version {{version}}', {
          instance: result.instance,
          version: result.version,
          ...PLAIN,
        }),
      );
    case 'down':
    case 'other':
      return {
        look: 'error',
        outcome:
          result.state === 'down'
            ? t('config.outcome.scrapeDown', 'It knows the target {{instance}} and cannot reach it', {
                instance: result.instance,
                ...PLAIN,
              })
            : t(
                'config.outcome.scrapeOther',
                'The target {{instance}} answers, but not as a Valtronics exporter',
                { instance: result.instance, ...PLAIN },
              ),
        next: t(
          'config.next.scrapeDown',
          'See "Targets" in Prometheus for the reason; it needs a way to the exporter of its own.',
        ),
        detail: '',
      };
    case 'none':
      return {
        look: 'error',
        outcome: t('config.outcome.notScraped', 'no target of the job valtronics-api'),
        next: t(
          'config.next.notScraped',
          "Add the exporter's host and port to the targets of that job (provisioning/prometheus).",
        ),
        detail: '',
      };
  }
}

/** The words of a result. */
export function stepWords(result: StepResult): StepWords {
  if (result.state === 'problem') return problemStep(result);
  if (result.state === 'blocked') {
    return {
      look: 'unknown',
      outcome: t('config.outcome.blocked', 'not tested: a step before it failed'),
      next: '',
      detail: '',
    };
  }
  if (result.state === 'unsaved') {
    return {
      look: 'unknown',
      outcome: t(
        'config.outcome.unsaved',
        'will be tested after saving: only then does Grafana use the new values',
      ),
      next: '',
      detail: '',
    };
  }
  switch (result.step) {
    case 'version':
      return well(result.version);
    case 'collectors':
      return collectorsStep(result.state, result.collectors);
    case 'scraped':
      return scrapedStep(result);
    default:
      return well(t('config.outcome.yes', 'yes'));
  }
}
