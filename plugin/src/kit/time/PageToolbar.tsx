import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, TimeRangePicker } from '@grafana/ui';
import { useApp } from '../app/appContext';
import { absoluteRange } from './timeRange';
import type { PageTime } from './usePageTime';
import { Refresh } from './Refresh';

/** The range moved by `share` of its length, or made longer by it at both ends when `share` is undefined. */
export function shiftedRange(range: TimeRange, share: number | undefined): TimeRange {
  const from = range.from.valueOf();
  const to = range.to.valueOf();
  const length = to - from;
  if (share === undefined) return absoluteRange({ from: from - length / 2, to: to + length / 2 });
  return absoluteRange({ from: from + length * share, to: to + length * share });
}

interface Props {
  readonly time: PageTime;
  readonly loading: boolean;
  /** Shows the button when given. */
  readonly onKiosk?: () => void;
}

/** Time range, refresh and kiosk. */
export function PageToolbar({ time, loading, onKiosk }: Props) {
  const { timeZone, fiscalYearStartMonth, onTimeSettings } = useApp();
  const { range, setRange } = time;
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <TimeRangePicker
        value={range}
        timeZone={timeZone}
        onChange={setRange}
        fiscalYearStartMonth={fiscalYearStartMonth}
        onChangeTimeZone={(zone) => onTimeSettings?.({ timeZone: zone })}
        onChangeFiscalYearStartMonth={(month) => onTimeSettings?.({ fiscalYearStartMonth: month })}
        onMoveBackward={() => setRange(shiftedRange(range, -0.5))}
        onMoveForward={() => setRange(shiftedRange(range, 0.5))}
        onZoom={() => setRange(shiftedRange(range, undefined))}
      />
      <Refresh time={time} loading={loading} />
      {onKiosk !== undefined && (
        <Button variant="secondary" icon="monitor" onClick={onKiosk}>
          {t('toolbar.kiosk', 'Kiosk')}
        </Button>
      )}
    </Stack>
  );
}
