import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { History } from '../../../features/alerts/history/loadHistory';
import { clockWords } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';

const getStyles = (theme: GrafanaTheme2) => css({ color: theme.colors.text.secondary, margin: 0 });

function storeWords({ store }: History, timeZone: string, now: number): string | undefined {
  if (store === undefined) return undefined;
  if (!store.complete)
    return t(
      'alerts.history.storeCut',
      'the exporter’s store, of which only the newest 10,000 alerts are shown: choose a shorter range',
    );
  if (store.reachesBack)
    return t('alerts.history.storeReaches', 'the exporter’s store, which reaches back beyond this range');
  if (store.oldest === undefined)
    return t('alerts.history.storeEmpty', 'the exporter’s store, which keeps nothing as old as this');
  return t('alerts.history.storeSince', 'the exporter’s store, whose oldest alert began at {{time}}', {
    time: clockWords(store.oldest, now, timeZone),
  });
}

interface Props {
  readonly history: History;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Where the lines come from and how far back that reaches. */
export function HistorySources({ history, now }: Props) {
  const style = useStyles2(getStyles);
  const { timeZone } = useApp();
  const hasPrometheus = !history.problems.some(({ source }) => source === 'prometheus');
  const sources = [
    storeWords(history, timeZone, now),
    hasPrometheus ? t('alerts.history.fromPrometheus', 'ALERTS in Prometheus') : undefined,
  ].filter((words) => words !== undefined);
  if (sources.length === 0) return null;
  return (
    <p className={style}>
      {t('alerts.history.sources', 'From {{sources}}.', {
        sources: sources.join(t('alerts.history.and', ', and ')),
        interpolation: { escapeValue: false },
      })}
    </p>
  );
}
