import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { useApp } from '../../../kit/app/appContext';
import { newest, useAnswer } from '../../../kit/answer';
import { clockWords } from '../../../kit/time/timeWords';

const getStyles = (theme: GrafanaTheme2) =>
  css({
    padding: theme.spacing(4, 2),
    textAlign: 'center',
    color: theme.colors.text.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  });

interface LastProps {
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** "Last alert: DevicesOffline, 14:02", where the store knows one. */
function LastAlert({ tick, now }: LastProps) {
  const { clients, timeZone } = useApp();
  const load = useCallback(
    (signal: AbortSignal) => clients.alertStore.history(undefined, {}, 1, signal),
    [clients],
  );
  const last = newest(useAnswer(load, tick)).value?.alerts[0];
  if (last === undefined) return null;
  return (
    <>
      {' '}
      <bdi>
        {t('alerts.active.last', 'Last alert: {{name}}, {{time}}.', {
          name: last.name,
          time: clockWords(last.startsAt, now, timeZone),
          interpolation: { escapeValue: false },
        })}
      </bdi>
    </>
  );
}

interface Props extends LastProps {
  /** Alerts that are there and that the filter hides. */
  readonly hidden: number;
  readonly isFiltered: boolean;
  /** False when a source could not be asked: then nobody knows that all is calm. */
  readonly isWhole: boolean;
  readonly onClear: () => void;
}

/** Nothing to do: nothing fires, or nothing of what is looked for. */
export function ActiveEmpty({ hidden, isFiltered, isWhole, onClear, tick, now }: Props) {
  const style = useStyles2(getStyles);
  return (
    <div className={style}>
      {hidden === 0 && (
        <>
          {isWhole
            ? t('alerts.active.nothing', 'Nothing fires.')
            : t('alerts.active.nothingKnown', 'No alert is known. What could not be asked is named above.')}
          <LastAlert tick={tick} now={now} />
        </>
      )}
      {hidden > 0 && isFiltered && (
        <>
          {t('alerts.active.noneFits', 'None of {{count}} alerts fits the filter.', { count: hidden })}{' '}
          <Button size="sm" variant="secondary" onClick={onClear}>
            {t('alerts.active.clear', 'Clear')}
          </Button>
        </>
      )}
      {hidden > 0 && !isFiltered && (
        <>
          {t('alerts.active.onlySilenced', 'Nothing fires but {{count}} silenced alerts.', { count: hidden })}
        </>
      )}
    </div>
  );
}
