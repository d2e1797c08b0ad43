import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, Input, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { CategoryCount } from '../frames/category';
import { numberWords } from '../words/numbers';
import { entriesOf, type Filter, isFiltered, NO_FILTER, withToggled } from './filter';
import { Legend } from './Legend';

interface Props {
  readonly counts: readonly CategoryCount[];
  /** What the shares of the legend are of, in the order of the counts; the counts themselves without. */
  readonly weights?: readonly number[] | undefined;
  /** What the legend counts, for screen readers. */
  readonly legendLabel: string;
  /** Devices that pass the filter. */
  readonly shown: number;
  readonly total: number;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly hasSearch: boolean;
  readonly hasLegend: boolean;
  /** Little room: signs and numbers alone. */
  readonly isCompact: boolean;
  /** Narrow: the legend wraps below the search field. */
  readonly isNarrow: boolean;
  /** What the panel has to say or to offer besides. */
  readonly children?: ReactNode;
}

function ShowAll({ onFilter }: Pick<Props, 'onFilter'>) {
  return (
    <IconButton
      name="times"
      tooltip={t('panels.find.clear', 'Show all devices')}
      onClick={() => onFilter(NO_FILTER)}
    />
  );
}

/** Search field and legend above the picture of a panel of devices. */
export function FindBar(props: Props) {
  const { counts, weights, legendLabel, shown, total, filter, onFilter, isCompact, isNarrow } = props;
  const styles = useStyles2(getStyles);
  const isOn = isFiltered(filter);
  return (
    <div className={styles.toolbar} data-compact={isCompact} data-narrow={isNarrow}>
      {props.hasSearch && (
        <Input
          className={styles.search}
          aria-label={t('panels.find.label', 'Find devices')}
          placeholder={t('panels.find.placeholder', 'Find devices…')}
          value={filter.search}
          onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.search !== '') onFilter({ ...filter, search: '' });
          }}
          suffix={isOn ? <ShowAll onFilter={onFilter} /> : undefined}
        />
      )}
      {props.hasLegend && (
        <Legend
          counts={entriesOf(counts, filter)}
          weights={weights}
          label={legendLabel}
          isCompact={isCompact}
          isolated={new Set(filter.categories.keys())}
          onIsolate={(category, add) => onFilter(withToggled(filter, category, add))}
        />
      )}
      {props.children}
      {isOn && (
        <span className={styles.note} role="status">
          {t('panels.find.shown', '{{shown}} of {{total}}', {
            shown: numberWords(shown),
            total: numberWords(total),
          })}
          {!props.hasSearch && <ShowAll onFilter={onFilter} />}
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
