import { css } from '@emotion/css';
import { type GrafanaTheme2, LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useDeferredValue, useMemo, useState } from 'react';
import type { DeviceSet } from './data/device';
import { type Filter, isFiltered, NO_FILTER } from '../../kit/legend/filter';
import { filterDevices } from './data/filter';
import { DeviceGrid } from './grid/DeviceGrid';
import { useDevices } from './grid/useDevices';
import { useFrames } from '../../kit/frames/useFrames';
import { useNow } from '../../kit/time/useNow';
import { createTargets } from '../../kit/targets/targets';
import type { DeviceStatusOptions } from './options/options';
import { Message } from '../../kit/states/Message';
import { Notice } from '../../kit/states/Notice';
import { FindBar } from '../../kit/legend/FindBar';
import { numberWords } from '../../kit/words/numbers';

/** Lower panels keep their space for the tiles. */
const LEAST_TOOLBAR_HEIGHT = 120;

/** Narrower panels show signs and numbers alone. */
const LEAST_LEGEND_WIDTH = 150;

/** In narrower panels the legend has a line of its own. */
const NARROW = 420;

/** How often times in state and staleness are brought up to date, in milliseconds. */
const TICK = 10_000;

function errorOf({ data }: Pick<PanelProps, 'data'>): string | undefined {
  if (data.state !== LoadingState.Error) return undefined;
  return data.errors?.[0]?.message ?? t('devicestatus.error.unknown', 'The query failed.');
}

/** Why there are no devices: no data, or data that lacks something. */
function emptyText({ unread }: DeviceSet): string {
  const [first] = unread;
  if (first !== undefined) {
    return t(
      'devicestatus.empty.missing',
      'The query returned data, but no field that says how a device is. Choose one in the options under "Status or value"; there are: {{fields}}.',
      { fields: first.fields.join(', '), interpolation: { escapeValue: false } },
    );
  }
  return t(
    'devicestatus.empty.text',
    'The query returned no rows or series in this time range. One row or series per device is drawn as one tile.',
  );
}

/** The panel: every device of the query's answer as one tile. */
export function DeviceStatusPanel(props: PanelProps<DeviceStatusOptions>) {
  const { data, options, timeZone, timeRange, width, height, replaceVariables } = props;
  const styles = useStyles2(getStyles);
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const { frames, end } = useFrames(data);
  const now = useNow(TICK, frames);
  const set = useDevices({ frames, options, timeZone, now, end }, replaceVariables);
  const search = useDeferredValue(filter);
  const { sortBy, descending } = options;
  const shown = useMemo(
    () => filterDevices(set, search, { sortBy, descending }),
    [set, search, sortBy, descending],
  );
  const { from, to } = timeRange.raw;
  const targetsOf = useMemo(
    () =>
      createTargets({
        subjectAt: (index) => shown.devices[index],
        linkToDevice: options.linkToDevice,
        range: { from: String(from.valueOf()), to: String(to.valueOf()) },
        interpolate: replaceVariables,
      }),
    [shown, options.linkToDevice, from, to, replaceVariables],
  );
  const error = errorOf({ data });
  const isWaiting = data.state === LoadingState.Loading || data.state === LoadingState.NotStarted;
  const isEmpty = set.devices.length === 0;
  const isCompact = width < LEAST_LEGEND_WIDTH;
  const hasRoom = height >= LEAST_TOOLBAR_HEIGHT;
  const isOn = isFiltered(filter);

  return (
    <div className={styles.panel} style={{ width, height }}>
      {error !== undefined && !isEmpty && <Notice text={error} />}
      {!isEmpty && (isCompact || hasRoom || isOn) && (options.showSearch || options.showLegend || isOn) && (
        <FindBar
          counts={set.counts}
          legendLabel={t('devicestatus.legend.label', 'Devices by status')}
          total={set.devices.length}
          shown={shown.devices.length}
          filter={filter}
          onFilter={setFilter}
          hasSearch={options.showSearch && hasRoom && !isCompact}
          hasLegend={options.showLegend && (hasRoom || isCompact)}
          isCompact={isCompact}
          isNarrow={width < NARROW}
        >
          {set.staleCount > 0 && (
            <span className={styles.note}>
              {t('devicestatus.toolbar.stale', '{{number}} stale', { number: numberWords(set.staleCount) })}
            </span>
          )}
        </FindBar>
      )}
      {isEmpty && isWaiting && (
        <Message
          icon="sync"
          title={t('devicestatus.loading.title', 'Asking for devices…')}
          text={t('devicestatus.loading.text', 'The query has not answered yet.')}
          height={height}
        />
      )}
      {isEmpty && error !== undefined && (
        <Message
          icon="exclamation-triangle"
          title={t('devicestatus.error.title', 'The devices could not be asked for')}
          text={error}
          height={height}
        />
      )}
      {isEmpty && error === undefined && !isWaiting && (
        <Message
          icon="apps"
          title={t('devicestatus.empty.title', 'No devices')}
          text={emptyText(set)}
          height={height}
        />
      )}
      {!isEmpty && shown.devices.length === 0 && (
        <>
          <Message
            icon="search"
            title={t('devicestatus.filtered.title', 'No device matches')}
            text={t('devicestatus.filtered.text', 'Change the words or show all statuses again.')}
            height={height}
          />
          <Button className={styles.clear} size="sm" variant="secondary" onClick={() => setFilter(NO_FILTER)}>
            {t('devicestatus.search.clear', 'Show all devices')}
          </Button>
        </>
      )}
      {shown.devices.length > 0 && (
        <DeviceGrid set={shown} options={options} timeZone={timeZone} now={now} targetsOf={targetsOf} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({ display: 'flex', flexDirection: 'column', overflow: 'hidden' }),
  clear: css({ flex: 'none', alignSelf: 'center' }),
  note: css({
    flex: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: theme.spacing(4),
  }),
});
