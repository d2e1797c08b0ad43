import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { numberWords } from '../words/numbers';
import type { Category, CategoryCount } from '../frames/category';
import { Glyph } from './Glyph';
import { shareWords } from './shares';

interface Props {
  readonly counts: readonly CategoryCount[];
  /** Keys of the categories that are shown alone; empty when all are. */
  readonly isolated: ReadonlySet<string>;
  /** `add` keeps the others that are shown alone (held Ctrl or Command). */
  readonly onIsolate: (category: Category, add: boolean) => void;
  /** What is counted, for screen readers. */
  readonly label: string;
  /** What the shares are of, in the order of the counts; the counts themselves without. */
  readonly weights?: readonly number[] | undefined;
  /** Signs and numbers alone. */
  readonly isCompact: boolean;
}

const MOST_ENTRIES = 12;

/** Number and share of devices by status; a click shows one status alone. */
export function Legend({ counts, isolated, onIsolate, label, weights, isCompact }: Props) {
  const styles = useStyles2(getStyles);
  const shares = shareWords(weights ?? counts.map(({ count }) => count));
  return (
    <div className={styles.legend} data-compact={isCompact} role="group" aria-label={label}>
      {counts.slice(0, MOST_ENTRIES).map(({ category, count }, index) => (
        <button
          key={category.key}
          type="button"
          className={styles.entry}
          aria-pressed={isolated.has(category.key)}
          data-dimmed={isolated.size > 0 && !isolated.has(category.key)}
          onClick={(event) => onIsolate(category, event.ctrlKey || event.metaKey)}
        >
          <Glyph status={category.status} color={category.color} />
          <span className={isCompact ? styles.hidden : undefined}>{category.label}</span>
          <strong>{numberWords(count)}</strong>
          {!isCompact && <span className={styles.share}>{shares[index]}</span>}
        </button>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  legend: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.25),
    flex: 1,
    minWidth: 0,
    minHeight: theme.spacing(4),
    '&[data-compact="true"]': { minHeight: 0, maxHeight: theme.spacing(3), overflow: 'hidden' },
  }),
  entry: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    padding: theme.spacing(0.25, 0.75),
    border: '1px solid transparent',
    borderRadius: theme.shape.radius.pill,
    background: 'transparent',
    color: theme.colors.text.primary,
    fontSize: theme.typography.bodySmall.fontSize,
    lineHeight: theme.typography.bodySmall.lineHeight,
    maxWidth: 260,
    whiteSpace: 'nowrap',
    '& span': { overflow: 'hidden', textOverflow: 'ellipsis' },
    '& strong': { fontWeight: theme.typography.fontWeightMedium },
    // Secondary text is too faint on these backgrounds.
    '&:hover span, &[aria-pressed="true"] span': { color: theme.colors.text.primary },
    '&:hover': { background: theme.colors.action.hover },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
    '&[aria-pressed="true"]': {
      background: theme.colors.action.selected,
      borderColor: theme.colors.border.medium,
    },
    '&[data-dimmed="true"] strong': { fontWeight: theme.typography.fontWeightRegular },
  }),
  hidden: css({ position: 'absolute', width: 1, height: 1, clipPath: 'inset(50%)' }),
  share: css({ color: theme.colors.text.secondary }),
});
