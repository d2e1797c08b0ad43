import { t } from '@grafana/i18n';
import { Checkbox, Stack, Toggletip, Button } from '@grafana/ui';
import { memo } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { ListSelection } from '../../../features/alerts/list/AlertList';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import type { AlertAction } from '../../../features/alerts/list/rowMark';
import type { Progress } from '../actions/useAlertActions';
import { numberWords } from '../../../kit/words/numbers';
import { concerned } from './dialogState';

interface Props {
  /** What the list shows. */
  readonly shown: readonly AlertRow[];
  readonly total: number;
  readonly selection: ListSelection;
  readonly onAction: (kind: AlertAction, alerts: readonly AlertRow[]) => void;
  /** What became of the last action. */
  readonly announcement: string;
  /** How far an action on many is; undefined when none is under way. */
  readonly progress: Progress | undefined;
}

/** Taking over is a matter of one alert and of the person who had it. */
type BulkAction = Exclude<AlertAction, 'takeOver'>;

function actionWord(kind: BulkAction): string {
  switch (kind) {
    case 'acknowledge':
      return t('alerts.actions.acknowledgeButton', 'Acknowledge…');
    case 'silence':
      return t('alerts.actions.silenceOpen', 'Silence…');
    case 'expire':
      return t('alerts.actions.expireOpen', 'Expire silence…');
    case 'resolve':
      return t('alerts.actions.resolveOpen', 'Resolve…');
  }
}

function offReason(kind: BulkAction): string {
  switch (kind) {
    case 'acknowledge':
      return t(
        'alerts.actions.nothingToAcknowledge',
        'None of them fires without somebody having taken it on',
      );
    case 'expire':
      return t('alerts.actions.nothingSilenced', 'None of them is silenced');
    case 'resolve':
    case 'silence':
      return t('alerts.actions.nothingToDo', 'None of them fires');
  }
}

const ACTIONS: readonly BulkAction[] = ['acknowledge', 'silence', 'expire', 'resolve'];

function KeyHelp() {
  const keys = [
    ['↑ ↓', t('alerts.active.keys.move', 'from alert to alert')],
    ['Enter', t('alerts.active.keys.open', 'opens or closes it')],
    ['x', t('alerts.active.keys.select', 'selects it; Shift and a click selects all between')],
    ['a', t('alerts.active.keys.acknowledge', 'acknowledges it, or all that are selected')],
    ['s', t('alerts.active.keys.silence', 'silences it, or all that are selected')],
  ];
  return (
    <Toggletip
      title={t('alerts.active.keys.title', 'Keys on an alert of the list')}
      content={
        <dl>
          {keys.map(([key, words]) => (
            <div key={key}>
              <kbd>{key}</kbd> {words}
            </div>
          ))}
        </dl>
      }
    >
      <Button
        variant="secondary"
        fill="text"
        size="sm"
        icon="keyboard"
        aria-label={t('alerts.active.keys.help', 'Keys')}
      />
    </Toggletip>
  );
}

/** How many there are, what is selected, and what can be done with it; always there, so that nothing jumps. */
export const BulkBar = memo(function BulkBar(props: Props) {
  const { shown, total, selection, onAction, announcement, progress } = props;
  const { selected, selectMany } = selection;
  const chosen = selected.size === 0 ? [] : shown.filter(({ fingerprint }) => selected.has(fingerprint));
  const amounts = { shown: numberWords(shown.length), total: numberWords(total) };
  return (
    <Stack direction="row" gap={2} alignItems="center" justifyContent="space-between" wrap="wrap">
      <Stack direction="row" gap={2} alignItems="center" wrap="wrap">
        <Checkbox
          label={t('alerts.active.selectAll', 'Select all shown')}
          value={shown.length > 0 && chosen.length === shown.length}
          indeterminate={chosen.length > 0 && chosen.length < shown.length}
          disabled={shown.length === 0}
          onChange={({ currentTarget }) =>
            selectMany(
              shown.map(({ fingerprint }) => fingerprint),
              currentTarget.checked,
            )
          }
        />
        <span>
          {chosen.length > 0
            ? t('alerts.active.selected', '{{count}} selected', { count: chosen.length })
            : t('alerts.active.shown', '{{shown}} of {{total}} alerts', amounts)}
        </span>
        <span role="status">
          {progress === undefined
            ? announcement
            : t('alerts.actions.progress', '{{done}} of {{total}} silences expired', {
                done: progress.done,
                total: progress.total,
              })}
        </span>
        {progress !== undefined && (
          <Button size="sm" variant="secondary" onClick={progress.cancel}>
            {t('alerts.actions.stop', 'Stop')}
          </Button>
        )}
      </Stack>
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        {ACTIONS.map((kind) => {
          const alerts = concerned(kind, chosen);
          const off =
            chosen.length === 0
              ? t('alerts.actions.selectFirst', 'Select alerts first')
              : alerts.length === 0
                ? offReason(kind)
                : undefined;
          return (
            <EditorButton
              key={kind}
              size="sm"
              variant="secondary"
              silences={kind === 'silence' || kind === 'expire'}
              offBecause={off}
              onClick={() => onAction(kind, alerts)}
            >
              {actionWord(kind)}
            </EditorButton>
          );
        })}
        <KeyHelp />
      </Stack>
    </Stack>
  );
});
