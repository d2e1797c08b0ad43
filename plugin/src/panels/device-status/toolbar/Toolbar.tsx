import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, Input, useStyles2 } from '@grafana/ui';
import type { Filter } from '../data/filter';
import { formatCount } from '../language';
import type { DeviceSet } from '../data/device';
import { Legend } from './Legend';

interface Props {
  readonly set: DeviceSet;
  /** Devices that pass the filter. */
  readonly shown: number;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly hasSearch: boolean;
  readonly hasLegend: boolean;
}

function toggled(categories: ReadonlySet<string>, key: string, add: boolean): ReadonlySet<string> {
  const isAlone = categories.has(key) && (add || categories.size === 1);
  const next = new Set(add ? categories : []);
  if (isAlone) next.delete(key);
  else next.add(key);
  return next;
}

/** Search field and legend above the picture. */
export function Toolbar({ set, shown, filter, onFilter, hasSearch, hasLegend }: Props) {
  const styles = useStyles2(getStyles);
  const isFiltered = filter.search !== '' || filter.categories.size > 0;
  const total = set.devices.length;
  return (
    <div className={styles.toolbar}>
      {hasSearch && (
        <Input
          className={styles.search}
          aria-label={t('devicestatus.search.label', 'Find devices')}
          placeholder={t('devicestatus.search.placeholder', 'Find devices…')}
          value={filter.search}
          onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.search !== '') onFilter({ ...filter, search: '' });
          }}
          suffix={
            isFiltered ? (
              <IconButton
                name="times"
                tooltip={t('devicestatus.search.clear', 'Show all devices')}
                onClick={() => onFilter({ search: '', categories: new Set() })}
              />
            ) : undefined
          }
        />
      )}
      {hasLegend && (
        <Legend
          counts={set.counts}
          isolated={filter.categories}
          onIsolate={(key, add) => onFilter({ ...filter, categories: toggled(filter.categories, key, add) })}
        />
      )}
      {set.staleCount > 0 && (
        <span className={styles.note}>
          {t('devicestatus.toolbar.stale', '{{number}} stale', { number: formatCount(set.staleCount) })}
        </span>
      )}
      {isFiltered && (
        <span className={styles.note} role="status">
          {t('devicestatus.toolbar.shown', '{{shown}} of {{total}}', {
            shown: formatCount(shown),
            total: formatCount(total),
          })}
        </span>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toolbar: css({
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    flex: 'none',
    paddingBottom: theme.spacing(1),
  }),
  search: css({ flex: '0 1 180px', minWidth: 110, width: 180 }),
  note: css({
    flex: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: theme.spacing(4),
  }),
});
