import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useDeferredValue, useMemo } from 'react';
import { needsYou } from '../../domain/fleet/deviceStatus';
import { compareSeverity, type FleetPicture } from '../../features/fleet/fleetPicture';
import { PartBoundary } from '../../kit/states/PartBoundary';
import type { UrlQuery } from '../../kit/useUrlQuery';
import { ChangesLine } from './ChangesLine';
import { filterDevices, isOpen, writeFilter, type FleetFilter } from './filter';
import { FleetFilters } from './FleetFilters';
import { GridPart } from './GridPart';
import { TablePart } from './TablePart';
import { TimelinePart } from './TimelinePart';
import { verdictOf } from './verdict';
import { VerdictLine } from './VerdictLine';
import { readView, VIEWS, viewWords } from './view';
import { WorstDevices } from './WorstDevices';

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
  view: css({ alignSelf: 'flex-start' }),
  first: css({
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    padding: theme.spacing(2),
  }),
});

/** Height of the status panel, pixels. */
const GRID_HEIGHT = 360;
/** How many of the worst devices the first look shows. */
const MOST_WORST = 5;

interface Props {
  readonly picture: FleetPicture;
  readonly filter: FleetFilter;
  readonly url: UrlQuery;
  readonly asOf: number | undefined;
  readonly range: TimeRange;
  readonly tick: number;
  readonly now: number;
  /** Zooms into a part of the range, milliseconds since the epoch. */
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

/** The fleet on a desk, in the order of an operator's questions. The first answer is about all devices, filtered or not. */
export function FleetBody({ picture, filter, url, asOf, range, tick, now, onRange }: Props) {
  const styles = useStyles2(getStyles);
  const verdict = useMemo(() => verdictOf(picture.devices), [picture]);
  const worst = useMemo(
    () => picture.devices.filter(({ status }) => needsYou(status)).sort(compareSeverity),
    [picture],
  );
  // Typing goes first: thousands of rows and tiles follow when there is time.
  const followed = useDeferredValue(filter);
  const shown = useMemo(() => filterDevices(picture.devices, followed), [picture, followed]);
  const view = readView(url.query);
  const showAll = (): void => url.change(writeFilter({ statuses: ['error', 'offline'] }), { push: true });
  return (
    <div className={styles.page}>
      <section className={styles.first}>
        <VerdictLine verdict={verdict} asOf={asOf} now={now} kiosk={false} />
        {worst.length > 0 && (
          <PartBoundary name={t('fleet.worst.title', 'Devices that need you, the worst first')}>
            <WorstDevices
              devices={worst}
              most={MOST_WORST}
              range={range}
              tick={tick}
              now={now}
              onMore={showAll}
            />
          </PartBoundary>
        )}
        <PartBoundary name={t('fleet.changes.title', 'Last hour:')}>
          <ChangesLine picture={picture} tick={tick} />
        </PartBoundary>
      </section>
      <PartBoundary name={t('fleet.filter.title', 'Filters')}>
        <FleetFilters
          filter={filter}
          devices={picture.devices}
          onChange={(change) => url.change(writeFilter(change))}
        />
      </PartBoundary>
      <RadioButtonGroup
        size="sm"
        className={styles.view}
        aria-label={t('fleet.view.label', 'View')}
        options={VIEWS.map((value) => ({ value, label: viewWords(value) }))}
        value={view}
        onChange={(next) => url.change({ view: next === 'both' ? null : next }, { push: true })}
      />
      {(view === 'both' || view === 'grid') && (
        <PartBoundary name={t('fleet.grid.title', 'Status by type')}>
          <GridPart devices={shown} range={range} height={GRID_HEIGHT} />
        </PartBoundary>
      )}
      {view === 'timeline' && (
        <PartBoundary name={t('fleet.timeline.title', 'Status over time')}>
          <TimelinePart
            devices={shown}
            isAll={isOpen(followed)}
            range={range}
            tick={tick}
            now={now}
            onRange={onRange}
          />
        </PartBoundary>
      )}
      {(view === 'both' || view === 'table') && (
        <PartBoundary name={t('fleet.table.title', 'Devices')}>
          <TablePart picture={picture} devices={shown} url={url} tick={tick} now={now} />
        </PartBoundary>
      )}
    </div>
  );
}
