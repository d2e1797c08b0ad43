import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { Glyph } from '../../../kit/legend/Glyph';
import { numberWords } from '../../../kit/words/numbers';
import type { TimelineRow, TimelineSet } from '../data/row';
import { isTrouble } from '../data/summary';
import { rowWords } from './words';

/** What is printed of one panel at most. */
const MOST_PRINTED = 1000;
/** The bar in its own units: as wide as the range, as high as a state of trouble. */
const WIDTH = 1000;
const HEIGHT = 10;
/** What is calm is a low bar, so that a printer without colours tells it from trouble. */
const CALM_HEIGHT = 3;

/** The states of the row as one path for each kind, however many there are. */
function pathsOf({ range, categories }: TimelineSet, { track }: TimelineRow): Map<number, string> {
  const paths = new Map<number, string>();
  const scale = WIDTH / (range.to - range.from);
  track.kinds.forEach((kind, index) => {
    const category = categories[kind];
    const height = category !== undefined && isTrouble(category) ? HEIGHT : CALM_HEIGHT;
    const x = ((track.from[index] ?? 0) - range.from) * scale;
    const width = Math.max(1, ((track.to[index] ?? 0) - (track.from[index] ?? 0)) * scale);
    const box = `M${x.toFixed(1)} ${HEIGHT - height}h${width.toFixed(1)}v${height}h${(-width).toFixed(1)}z`;
    paths.set(kind, `${paths.get(kind) ?? ''}${box}`);
  });
  return paths;
}

/** Paper does not scroll: every row with its whole name, its states over time and what the summary says. */
export function PrintRows({ set }: { readonly set: TimelineSet }) {
  const styles = useStyles2(getStyles);
  const rest = set.rows.length - MOST_PRINTED;
  return (
    <ul className={styles.list} data-testid="print-rows">
      {set.rows.slice(0, MOST_PRINTED).map((row) => (
        <li key={row.key}>
          <span>
            <Glyph status={row.category.status} color={row.category.color} size={9} /> {rowWords(row)}
          </span>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            {[...pathsOf(set, row)].map(([kind, path]) => (
              <path key={kind} d={path} fill={set.categories[kind]?.color} />
            ))}
          </svg>
        </li>
      ))}
      {rest > 0 && (
        <li>
          {t('timeline.print.rest', 'Not printed: {{rest}} more. A filter makes them fewer.', {
            rest: numberWords(rest),
          })}
        </li>
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: '9px',
    lineHeight: 1.3,
    printColorAdjust: 'exact',
    '& li': { breakInside: 'avoid', overflowWrap: 'anywhere', paddingBottom: theme.spacing(0.5) },
    '& > li > svg': {
      display: 'block',
      width: '100%',
      height: '10px',
      borderBottom: `1px solid ${theme.colors.border.medium}`,
    },
  }),
});
