import { t } from '@grafana/i18n';
import type { RuleOrigin } from '../../../domain/alerts/rule';
import type { RuleShowState } from '../../../domain/alerts/ruleFilter';
import type { Threshold } from '../../../domain/alerts/ruleThresholds';
import type { ValueUnit } from '../../../domain/alerts/valueUnit';
import { quantityWords } from '../../../features/alerts/list/alertValueWords';

const SIGNS: Readonly<Record<Threshold['comparison'], string>> = {
  '==': '=',
  '!=': '≠',
  '>': '>',
  '>=': '≥',
  '<': '<',
  '<=': '≤',
};

/** `> 0.2`, with the unit of what is compared where it is known. */
export function limitWords({ comparison, limit }: Threshold, unit?: ValueUnit): string {
  return `${SIGNS[comparison]} ${quantityWords(limit, unit)}`;
}

export function originWord(origin: RuleOrigin): string {
  switch (origin) {
    case 'prometheus':
      return t('alerts.rules.origin.prometheus', 'Prometheus');
    case 'grafana':
      return t('alerts.rules.origin.grafana', 'Grafana');
    case 'exporter':
      return t('alerts.rules.origin.exporter', 'Exporter');
  }
}

/** The word of a state as a filter names it. */
export function ruleStateWord(state: RuleShowState): string {
  switch (state) {
    case 'error':
      return t('alerts.rules.state.error', 'error');
    case 'firing':
      return t('alerts.rules.state.firing', 'firing');
    case 'nodata':
      return t('alerts.rules.state.nodata', 'no data');
    case 'recovering':
      return t('alerts.rules.state.recovering', 'recovering');
    case 'pending':
      return t('alerts.rules.state.pending', 'pending');
    case 'inactive':
      return t('alerts.rules.state.inactive', 'not firing');
    case 'unknown':
      return t('alerts.rules.state.unknown', 'not evaluated');
  }
}

/** How long an evaluation took, seconds in. */
export function evaluationWords(seconds: number): string {
  if (seconds >= 1) return `${seconds.toFixed(1)} s`;
  const ms = seconds * 1000;
  return ms < 1 ? '< 1 ms' : `${Math.round(ms)} ms`;
}
