import { useTheme2 } from '@grafana/ui';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { AlertRule, RuleInstance } from '../../../domain/alerts/rule';
import { ruleSeverity, ruleShowState, type RuleShowState } from '../../../domain/alerts/ruleFilter';
import { alertStateWord } from '../../../features/alerts/list/alertWords';
import { severityColor } from '../../../features/alerts/list/severityLook';
import { ruleStateWord } from './ruleWords';

const GLYPHS: Readonly<Record<RuleShowState, string>> = {
  error: '!',
  firing: '✕',
  nodata: '∅',
  recovering: '▽',
  pending: '▲',
  inactive: '○',
  unknown: '?',
};

/** What fires has the colour of its severity: a watchdog that always does alarms nobody. */
function colorOf(theme: GrafanaTheme2, state: RuleShowState, severity: string): string {
  const { colors } = theme;
  const byState: Readonly<Record<RuleShowState, string>> = {
    error: colors.error.text,
    firing: severityColor(theme, severity),
    nodata: colors.warning.text,
    recovering: colors.warning.text,
    pending: colors.warning.text,
    // That it does not fire says nothing good of what it looks at.
    inactive: colors.text.secondary,
    unknown: colors.text.secondary,
  };
  return byState[state];
}

function words(rule: AlertRule): string {
  const instances = (state: RuleInstance['state']): number =>
    rule.instances.filter((instance) => instance.state === state).length;
  const firing = instances('firing');
  const pending = instances('pending');
  const others = (['nodata', 'error', 'recovering'] as const).filter((state) => instances(state) > 0);
  const parts = [
    ...others.map((state) => `${alertStateWord(state)} ${instances(state)}`),
    ...(firing > 0 ? [t('alerts.rules.firing', 'firing {{number}}', { number: firing })] : []),
    ...(pending > 0 ? [t('alerts.rules.pending', 'pending {{number}}', { number: pending })] : []),
  ];
  const state = ruleShowState(rule);
  if (parts.length === 0 || state === 'unknown') return ruleStateWord(state);
  return state === 'error' ? [ruleStateWord(state), ...parts].join(', ') : parts.join(', ');
}

/** How a rule stands: glyph, word and colour, with how many instances fire and wait. */
export function RuleState({ rule }: { readonly rule: AlertRule }) {
  const theme = useTheme2();
  const state = ruleShowState(rule);
  return (
    <span style={{ color: colorOf(theme, state, ruleSeverity(rule)), whiteSpace: 'nowrap' }}>
      <span aria-hidden="true" style={{ display: 'inline-block', width: '1.3em', textAlign: 'center' }}>
        {GLYPHS[state]}
      </span>
      {words(rule)}
    </span>
  );
}
