import { useTheme2 } from '@grafana/ui';
import { t } from '@grafana/i18n';
import type { MaintenanceWindow, SilenceState } from '../../../domain/alerts/silence';

type State = SilenceState | MaintenanceWindow['state'];

const GLYPHS: Readonly<Record<State, string>> = {
  active: '◆',
  pending: '○',
  planned: '○',
  expired: '–',
  ended: '–',
};

export function stateWord(state: State): string {
  switch (state) {
    case 'active':
      return t('alerts.silences.state.active', 'active');
    case 'pending':
      return t('alerts.silences.state.pending', 'to come');
    case 'planned':
      return t('alerts.silences.state.planned', 'planned');
    case 'expired':
      return t('alerts.silences.state.expired', 'expired');
    case 'ended':
      return t('alerts.silences.state.ended', 'ended');
  }
}

/** Whether a silence or a window works now: glyph, word and colour. */
export function StateWord({ state }: { readonly state: State }) {
  const { colors } = useTheme2();
  const color = state === 'active' ? colors.info.text : colors.text.secondary;
  return (
    <span style={{ color, whiteSpace: 'nowrap' }}>
      <span aria-hidden="true" style={{ display: 'inline-block', width: '1.3em', textAlign: 'center' }}>
        {GLYPHS[state]}
      </span>
      {stateWord(state)}
    </span>
  );
}
