import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { AlertRow } from '../../domain/alerts/alert';
import { useAlerts } from '../../features/alerts/data/useAlerts';
import type { FleetPicture } from '../../features/fleet/fleetPicture';
import { needsYou } from '../../domain/fleet/deviceStatus';
import { compareSeverity } from '../../features/fleet/fleetPicture';
import { lastKnown } from '../../kit/answer';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { useRotation } from '../../kit/alarm/useRotation';
import { useSize } from '../../kit/list/useSize';
import { useTitleBadge } from '../../kit/alarm/useTitleBadge';
import { ChangesLine } from './ChangesLine';
import { filterDevices, type FleetFilter } from './filter';
import { GridPart } from './GridPart';
import { groupsOf, holdsRotation, type KioskSettings, openCriticals } from './kiosk';
import { KioskAlerts } from './KioskAlerts';
import { KioskDoubts } from './KioskDoubts';
import { KioskSound } from './KioskSound';
import { verdictOf } from './verdict';
import { VerdictLine } from './VerdictLine';
import { WorstDevices } from './WorstDevices';

/** The worst devices that are asked about; a wall has room for fewer. */
const MOST_WORST = 20;

const getStyles = (theme: GrafanaTheme2) => ({
  // Readable from 4 m: everything is as large again as on a desk.
  page: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    flex: 1,
    minHeight: 0,
    fontSize: '1.6rem',
    lineHeight: 1.4,
    // Somebody holds the wall in the hand.
    [theme.breakpoints.down('md')]: { fontSize: '1rem' },
  }),
  // Beside one another where there is room: neither pushes the other off the screen.
  parts: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    flex: 1,
    minHeight: 0,
    [theme.breakpoints.up('xl')]: { flexDirection: 'row', gap: theme.spacing(4) },
  }),
  trouble: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    flex: '0 1 auto',
    maxHeight: '50%',
    minHeight: 0,
    minWidth: 0,
    [theme.breakpoints.up('xl')]: { flex: '0 0 42%', maxHeight: 'none' },
    // Two lines for each device: no curve is fine enough to be seen from afar.
    [theme.breakpoints.up('md')]: {
      '& li': {
        gridTemplateColumns: '7.5em minmax(0, 1fr) auto',
        paddingBottom: theme.spacing(1),
        '& > *': { overflow: 'visible', whiteSpace: 'normal', overflowWrap: 'anywhere' },
        '& > :nth-child(4)': { display: 'block', gridColumn: '2' },
        '& > :nth-child(5)': { display: 'none' },
        '& > :nth-child(6)': { display: 'block', gridColumn: '3', textAlign: 'right' },
      },
    },
  }),
  grid: css({ flex: 1, minHeight: 0, minWidth: 0 }),
});

const NONE: readonly AlertRow[] = [];

interface Props {
  readonly picture: FleetPicture;
  readonly filter: FleetFilter;
  readonly kiosk: KioskSettings;
  readonly asOf: number | undefined;
  readonly range: TimeRange;
  readonly tick: number;
  readonly now: number;
}

/** Critical alerts that wait for somebody, as far as they are known; undefined before the first look. */
function useCriticals(tick: number) {
  const answer = useAlerts(tick);
  const { value } = lastKnown(answer);
  const criticals = useMemo(() => (value === undefined ? undefined : openCriticals(value.alerts)), [value]);
  const keys = useMemo(() => criticals?.map(({ fingerprint }) => fingerprint), [criticals]);
  return { answer, criticals, keys };
}

/** The fleet on a wall: no controls, no hover needed, the worst things in large letters. */
export function KioskBody({ picture, filter, kiosk, asOf, range, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { ref, size } = useSize();
  const devices = useMemo(() => filterDevices(picture.devices, filter), [picture, filter]);
  const groups = useMemo(() => groupsOf(devices), [devices]);
  const { answer, criticals, keys } = useCriticals(tick);
  const alerts = criticals ?? NONE;
  useTitleBadge(kiosk.badge ? criticals?.length : undefined);
  const held = holdsRotation(devices) || alerts.length > 0;
  const turn = useRotation(kiosk.rotate, groups.length, held);
  const group = turn === undefined || held ? undefined : groups[turn];
  const shown = useMemo(
    () => (group === undefined ? devices : devices.filter(({ deviceType }) => deviceType === group)),
    [devices, group],
  );
  const worst = useMemo(
    () => devices.filter(({ status }) => needsYou(status)).sort(compareSeverity),
    [devices],
  );
  return (
    <div className={styles.page}>
      <VerdictLine verdict={verdictOf(devices)} asOf={asOf} now={now} kiosk />
      {kiosk.sound && <KioskSound alerts={keys} />}
      <KioskDoubts answer={answer} now={now} />
      <div className={styles.parts}>
        {(alerts.length > 0 || worst.length > 0) && (
          <div className={styles.trouble}>
            <PartBoundary name={t('kiosk.alerts', 'Critical alerts that nobody has taken on')}>
              <KioskAlerts alerts={alerts} now={now} />
            </PartBoundary>
            {worst.length > 0 && (
              <PartBoundary name={t('fleet.worst.title', 'Devices that need you, the worst first')}>
                <WorstDevices devices={worst} most={MOST_WORST} range={range} tick={tick} now={now} />
              </PartBoundary>
            )}
          </div>
        )}
        <div ref={ref} className={styles.grid}>
          {size !== undefined && (
            <PartBoundary name={t('fleet.grid.title', 'Status by type')}>
              <GridPart devices={shown} range={range} height={size.height} legend={false} />
            </PartBoundary>
          )}
        </div>
      </div>
      {group !== undefined && (
        <p role="status">
          {t('fleet.kiosk.group', 'Group {{number}} of {{total}}: {{group}}', {
            number: (turn ?? 0) + 1,
            total: groups.length,
            group: group === '' ? t('fleet.filter.none', '(none)') : group,
            interpolation: { escapeValue: false },
          })}
        </p>
      )}
      {kiosk.rotate !== undefined && held && (
        <p role="status">
          {t('kiosk.held', 'The rotation stands still while something critical waits for somebody.')}
        </p>
      )}
      <PartBoundary name={t('fleet.changes.title', 'Last hour:')}>
        <ChangesLine picture={picture} tick={tick} />
      </PartBoundary>
    </div>
  );
}
