import type { RangeSeries } from '../../api/prometheusShapes';
import { compareMetrics, type ShownValue } from '../../features/fleet/values';

/** The newest value of a device and its course before. */
export interface Course {
  readonly newest: ShownValue;
  readonly values: readonly number[];
}

/** For every device the course of the measurement that says most. */
export function mainCourses(series: readonly RangeSeries[]): Map<string, Course> {
  const courses = new Map<string, Course>();
  for (const { labels, values } of series) {
    const deviceId = labels.device_id ?? '';
    const metric = labels.metric_name ?? '';
    const value = values.at(-1);
    const known = courses.get(deviceId);
    if (value === undefined || (known !== undefined && compareMetrics(known.newest.metric, metric) <= 0))
      continue;
    courses.set(deviceId, { newest: { metric, unit: labels.unit ?? '', value }, values });
  }
  return courses;
}
