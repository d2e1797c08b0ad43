import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, Input, useStyles2 } from '@grafana/ui';
import { type Filter, NO_FILTER } from '../data/filter';
import { numberWords } from '../../../kit/words/numbers';
import type { Category, CategoryCount } from '../../../kit/frames/category';
import type { DeviceSet } from '../data/device';
import { Legend } from '../../../kit/legend/Legend';

interface Props {
  readonly set: DeviceSet;
  /** Devices that pass the filter. */
  readonly shown: number;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly hasSearch: boolean;
  readonly hasLegend: boolean;
  /** Little room: signs and numbers alone. */
  readonly isCompact: boolean;
  /** Narrow: the legend wraps below the search field. */
  readonly isNarrow: boolean;
}

function toggled(categories: Filter['categories'], category: Category, add: boolean): Filter['categories'] {
  const { key } = category;
  const isAlone = categories.has(key) && (add || categories.size === 1);
  const next = new Map(add ? categories : []);
  if (isAlone) next.delete(key);
  else next.set(key, category);
  return next;
}

/** The counts, and those that are shown alone though nothing is left in them. */
function entriesOf({ counts }: DeviceSet, { categories }: Filter): readonly CategoryCount[] {
  const present = new Set(counts.map(({ category }) => category.key));
  const gone = [...categories.values()].filter(({ key }) => !present.has(key));
  return [...counts, ...gone.map((category) => ({ category, count: 0 }))];
}

/** Search field and legend above the picture. */
export function Toolbar({ set, shown, filter, onFilter, hasSearch, hasLegend, isCompact, isNarrow }: Props) {
  const styles = useStyles2(getStyles);
  const isFiltered = filter.search !== '' || filter.categories.size > 0;
  const total = set.devices.length;
  return (
    <div className={styles.toolbar} data-compact={isCompact} data-narrow={isNarrow}>
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
                onClick={() => onFilter(NO_FILTER)}
              />
            ) : undefined
          }
        />
      )}
      {hasLegend && (
        <Legend
          counts={entriesOf(set, filter)}
          label={t('devicestatus.legend.label', 'Devices by status')}
          isCompact={isCompact}
          isolated={new Set(filter.categories.keys())}
          onIsolate={(category, add) =>
            onFilter({ ...filter, categories: toggled(filter.categories, category, add) })
          }
        />
      )}
      {set.staleCount > 0 && (
        <span className={styles.note}>
          {t('devicestatus.toolbar.stale', '{{number}} stale', { number: numberWords(set.staleCount) })}
        </span>
      )}
      {isFiltered && (
        <span className={styles.note} role="status">
          {t('devicestatus.toolbar.shown', '{{shown}} of {{total}}', {
            shown: numberWords(shown),
            total: numberWords(total),
          })}
          {!hasSearch && (
            <IconButton
              name="times"
              tooltip={t('devicestatus.search.clear', 'Show all devices')}
              onClick={() => onFilter(NO_FILTER)}
            />
          )}
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
    '&[data-narrow="true"]': {
      flexWrap: 'wrap',
      gap: theme.spacing(0.5),
      '& > [role="group"]': { flexBasis: '100%', order: 1 },
    },
    '&[data-compact="true"]': { paddingBottom: 0 },
  }),
  search: css({ flex: '0 1 180px', minWidth: 110, width: 180 }),
  note: css({
    flex: 'none',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: theme.spacing(4),
  }),
});
