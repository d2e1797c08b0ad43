import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import type { ActionOutcome } from '../data/actions';
import { outcomeWords } from '../list/outcomeWords';
import { refusalWords } from '../list/refusalWords';

interface Props {
  /** One for each alert that was meant; undefined before anything was done. */
  readonly outcomes: readonly ActionOutcome[] | undefined;
  readonly onRemove: () => void;
}

/** What became of a silence, as a look at Alertmanager afterwards showed: how many are quiet, and why others are not. */
export function SilenceOutcome({ outcomes, onRemove }: Props) {
  if (outcomes === undefined) return <span role="status" />;
  const refusals = outcomes.flatMap(({ refusal }) =>
    refusal === null ? [] : [refusalWords('silence', refusal)],
  );
  const done = outcomes.length - refusals.length;
  const words =
    outcomes.length === 0
      ? t('alerts.actions.silencedNothing', 'The silence is there. Nothing that it matches fires now.')
      : outcomeWords('silence', done, 0);
  return (
    <>
      <span role="status">{words}</span>
      {refusals.length > 0 && (
        <Alert
          severity="warning"
          title={t('alerts.silences.unheard', 'The silence does not do all that it was made for')}
          onRemove={onRemove}
        >
          <ul>
            {[...new Set(refusals)].map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
