import { t } from '@grafana/i18n';
import { FilterPill, Stack } from '@grafana/ui';
import { durationWords } from '../../../kit/time/timeWords';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What is chosen most often, milliseconds. */
const LENGTHS = [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR];
/** Two ends this near to each other are the same choice, milliseconds. */
const SAME = MINUTE;

interface Props {
  /** Milliseconds since the epoch; undefined: at once. */
  readonly startsAt: number | undefined;
  readonly endsAt: number | undefined;
  readonly onChange: (endsAt: number) => void;
}

/** How long, by one press. */
export function DurationChips({ startsAt, endsAt, onChange }: Props) {
  const start = startsAt ?? Date.now();
  return (
    <div role="group" aria-label={t('alerts.maintenance.lasts', 'How long')}>
      <Stack direction="row" gap={1} wrap="wrap">
        {LENGTHS.map((length) => (
          <FilterPill
            key={length}
            label={durationWords(length)}
            selected={endsAt !== undefined && Math.abs(endsAt - start - length) < SAME}
            onClick={() => onChange((startsAt ?? Date.now()) + length)}
          />
        ))}
      </Stack>
    </div>
  );
}
