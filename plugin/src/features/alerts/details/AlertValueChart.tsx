import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useCallback, useMemo } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertRule } from '../../../domain/alerts/rule';
import { isSeriesOf } from '../data/ruleOfAlert';
import { ruleThresholds, type Threshold } from '../../../domain/alerts/ruleThresholds';
import { problemOf } from '../../../domain/problem';
import { useApp } from '../../../kit/app/appContext';
import { newest, useAnswer } from '../../../kit/answer';
import { GrafanaPanel } from '../../../kit/charts/GrafanaPanel';
import { problemWords } from '../../../kit/states/problemWords';
import { Skeleton } from '../../../kit/states/Skeleton';
import { valueData, valueFieldConfig } from './valueFrames';

/** Height of the chart, pixels. */
const HEIGHT = 200;
/** Lines that can be told apart. */
const MOST_SERIES = 10;
const OPTIONS = {
  legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
  tooltip: { mode: 'single', sort: 'none' },
};

interface ChartProps {
  readonly alert: AlertRow;
  readonly threshold: Threshold;
  readonly range: TimeRange;
  readonly tick: number;
}

function ThresholdChart({ alert, threshold, range, tick }: ChartProps) {
  const { clients, timeZone } = useApp();
  const { expression, comparison, limit } = threshold;
  const { labels } = alert;
  const load = useCallback(
    (signal: AbortSignal) =>
      clients.prometheus.range(expression, { from: range.from.valueOf(), to: range.to.valueOf() }, signal),
    [clients, expression, range],
  );
  const { value, error } = newest(useAnswer(load, tick));
  const title = `${expression} ${comparison} ${limit}`;
  const data = useMemo(() => {
    const own = value?.filter((series) => isSeriesOf(labels, series)).slice(0, MOST_SERIES);
    return own === undefined ? undefined : valueData(own, range, expression);
  }, [value, labels, range, expression]);
  const fieldConfig = useMemo(() => valueFieldConfig(threshold), [threshold]);
  if (error !== undefined) return <p>{problemWords(problemOf(error, 'prometheus')).title}</p>;
  if (data === undefined) return <Skeleton height={HEIGHT} />;
  if (data.series.length === 0)
    return <p>{t('alerts.details.noValues', 'Prometheus has no values of it in this time range.')}</p>;
  return (
    <GrafanaPanel
      pluginId="timeseries"
      title={title}
      data={data}
      expressions={[expression]}
      options={OPTIONS}
      fieldConfig={fieldConfig}
      height={HEIGHT}
      timeZone={timeZone}
    />
  );
}

interface Props {
  readonly alert: AlertRow;
  /** The rule that raises it; undefined when nobody knows. */
  readonly rule: AlertRule | undefined;
  readonly range: TimeRange;
  readonly tick: number;
}

/** The value that the alert is about, with its threshold; nothing where no rule compares one. */
export function AlertValueChart({ alert, rule, range, tick }: Props) {
  const threshold = useMemo(
    () => (rule === undefined || rule.origin === 'grafana' ? undefined : ruleThresholds(rule.expression)[0]),
    [rule],
  );
  if (threshold === undefined) return null;
  return <ThresholdChart alert={alert} threshold={threshold} range={range} tick={tick} />;
}
