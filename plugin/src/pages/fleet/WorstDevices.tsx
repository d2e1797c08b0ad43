import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { telemetryQuery } from '../../features/fleet/fleetQueries';
import { problemOf } from '../../domain/problem';
import { DeviceLink } from '../../kit/links/DeviceLink';
import { Missing } from '../../kit/states/Missing';
import { problemWords } from '../../kit/states/problemWords';
import { Since } from '../../kit/time/Since';
import { Sparkline, SPARKLINE } from '../../kit/charts/Sparkline';
import { StatusLabel } from '../../kit/status/StatusLabel';
import { durationWords, fullTime } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { newest, useAnswer } from '../../kit/answer';
import { FittingList } from '../../kit/list/FittingList';
import { useSame } from '../../kit/useSame';
import { mainCourses, type Course } from './courses';
import { metricWords } from '../../features/fleet/values';
import { numberWords } from '../../kit/words/numbers';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0 }),
  row: css({
    display: 'grid',
    gridTemplateColumns: `7.5em minmax(10em, 2.5fr) minmax(11em, 1fr) minmax(10em, 2fr) ${SPARKLINE.width}px 6em`,
    columnGap: theme.spacing(2),
    alignItems: 'center',
    minHeight: theme.spacing(3.5),
    '& > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    // A ring outside of the text would be clipped with it.
    '& a:focus-visible': { outlineOffset: -2, boxShadow: 'none' },
    [theme.breakpoints.down('md')]: {
      // Two lines: how it is and since when, then which device, with the whole width for its name.
      gridTemplateColumns: '7.5em minmax(0, 1fr)',
      padding: theme.spacing(0.75, 0),
      '& > :nth-child(2)': { gridRow: 2, gridColumn: '1 / -1' },
      '& > :nth-child(n + 4)': { display: 'none' },
    },
  }),
  number: css({ fontVariantNumeric: 'tabular-nums' }),
});

/** Courses of the devices; those that cannot be read are no reason to show no devices. */
function useCourses(ids: readonly string[], range: TimeRange, tick: number) {
  const { clients } = useApp();
  const deviceIds = useSame(ids);
  const load = useCallback(
    async (signal: AbortSignal) => {
      if (deviceIds.length === 0) return new Map<string, Course>();
      const span = { from: range.from.valueOf(), to: range.to.valueOf() };
      const query = telemetryQuery(deviceIds);
      return mainCourses(await clients.prometheus.range(query, span, signal));
    },
    [clients, deviceIds, range],
  );
  return newest(useAnswer(load, tick));
}

interface Props {
  /** Those that need somebody, the worst first. */
  readonly devices: readonly FleetDevice[];
  /** How many of them to show. */
  readonly most: number;
  readonly range: TimeRange;
  readonly tick: number;
  readonly now: number;
  /** Shows the rest; without it as many are shown as there is room for. */
  readonly onMore?: (() => void) | undefined;
}

/** The worst devices: what they are, since when, and their newest value. */
export function WorstDevices({ devices, most, range, tick, now, onMore }: Props) {
  const styles = useStyles2(getStyles);
  const shown = devices.slice(0, most);
  const courses = useCourses(
    shown.map(({ deviceId }) => deviceId),
    range,
    tick,
  );
  const reason =
    courses.error === undefined
      ? t('fleet.worst.noValue', 'No numeric value in this time range')
      : problemWords(problemOf(courses.error, 'prometheus')).title;
  const more = devices.length - shown.length;
  const title = t('fleet.worst.title', 'Devices that need you, the worst first');
  const rows = shown.map((device) => (
    <WorstRow
      key={device.deviceId}
      device={device}
      now={now}
      reason={reason}
      course={courses.value?.get(device.deviceId)}
    />
  ));
  if (onMore === undefined) {
    return (
      <FittingList
        label={title}
        besides={more}
        more={(count) =>
          t('fleet.worst.besides', 'and {{formatted}} more', { count, formatted: numberWords(count) })
        }
      >
        {rows}
      </FittingList>
    );
  }
  return (
    <>
      <ul className={styles.list} aria-label={title}>
        {rows}
      </ul>
      {more > 0 && (
        <Button variant="secondary" fill="text" size="sm" onClick={onMore}>
          {t('fleet.worst.more', 'Show {{formatted}} more', { count: more, formatted: numberWords(more) })}
        </Button>
      )}
    </>
  );
}

/** A device that reported itself offline was heard then; one that fell silent is offline long after its last word. */
const SILENT_MS = 60_000;

/** The last word of a device that is offline because it fell silent, milliseconds since the epoch. */
function silentSince({ status, since, lastSeen }: FleetDevice): number | undefined {
  if (status !== 'offline' || lastSeen === null) return undefined;
  return since === null || since - lastSeen > SILENT_MS ? lastSeen : undefined;
}

interface RowProps {
  readonly device: FleetDevice;
  readonly now: number;
  readonly course: Course | undefined;
  /** Why there is no course. */
  readonly reason: string;
}

function WorstRow({ device, now, course, reason }: RowProps) {
  const styles = useStyles2(getStyles);
  const { status, alerts } = device;
  const { timeZone } = useApp();
  const silent = silentSince(device);
  return (
    <li className={styles.row}>
      <StatusLabel status={status} />
      <DeviceLink deviceId={device.deviceId} name={device.name} />
      <span>
        <Since at={device.since} now={now} missing={t('fleet.sinceUnknown', 'Nobody knows since when')} />
        {silent !== undefined && (
          <span title={fullTime(silent, timeZone)}>
            {t('fleet.worst.silentFor', ', silent {{duration}}', { duration: durationWords(now - silent) })}
          </span>
        )}
      </span>
      <span className={styles.number} title={course === undefined ? undefined : metricWords(course.newest)}>
        {course === undefined ? <Missing reason={reason} /> : <bdi>{metricWords(course.newest)}</bdi>}
      </span>
      <Sparkline values={course?.values ?? []} />
      <span>{alerts !== null && alerts > 0 && t('fleet.alerts', '{{count}} alerts', { count: alerts })}</span>
    </li>
  );
}
