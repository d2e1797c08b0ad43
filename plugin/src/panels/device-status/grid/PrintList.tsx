import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { DeviceSet } from '../data/device';
import { Glyph } from '../../../kit/legend/Glyph';
import { numberWords } from '../../../kit/words/numbers';

/** What is printed of one panel at most. */
const MOST_PRINTED = 2000;

/** Paper does not scroll: every device with its whole name, in as many columns as fit. */
export function PrintList({ set }: { readonly set: DeviceSet }) {
  const styles = useStyles2(getStyles);
  const rest = set.devices.length - MOST_PRINTED;
  return (
    <ul className={styles.list} data-testid="print-list">
      {set.devices.slice(0, MOST_PRINTED).map(({ key, name, text, category }) => (
        <li key={key}>
          <Glyph status={category.status} color={category.color} size={9} /> {name} <em>{text}</em>
        </li>
      ))}
      {rest > 0 && (
        <li>
          {t('devicestatus.print.rest', 'Not printed: {{rest}} more. A filter makes them fewer.', {
            rest: numberWords(rest),
          })}
        </li>
      )}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    columnWidth: '13em',
    columnGap: theme.spacing(1),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: '9px',
    lineHeight: 1.3,
    '& li': { breakInside: 'avoid', overflowWrap: 'anywhere' },
  }),
});
