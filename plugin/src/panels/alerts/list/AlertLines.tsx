import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { type ReactNode, useState } from 'react';
import type { RowMark } from '../../../features/alerts/list/rowMark';
import { useSize } from '../../../kit/list/useSize';
import { rowWindow } from '../../../kit/list/window';
import type { Line } from '../data/changes';
import type { Shown } from '../data/lines';
import type { AlertsOptions } from '../options/options';
import { AlertLine } from './AlertLine';
import { numberWords } from '../../../kit/words/numbers';
import { getLineStyles, LINE_HEIGHT } from './lineStyles';

interface Props {
  readonly shown: Shown;
  readonly options: AlertsOptions;
  readonly width: number;
  readonly now: number;
  /** By fingerprint: what is under way or was refused. */
  readonly marks: ReadonlyMap<string, RowMark>;
  /** Buttons of a line; none without. */
  readonly actionsOf: ((line: Line) => ReactNode) | undefined;
}

/** The lines, of which only those in sight are drawn. */
export function AlertLines({ shown, options, width, now, marks, actionsOf }: Props) {
  const styles = useStyles2(getLineStyles);
  const { ref, size } = useSize();
  const [scrollTop, setScrollTop] = useState(0);
  const { items, total } = shown;
  const rowHeight = LINE_HEIGHT[options.density];
  const { first, end } = rowWindow(scrollTop, size?.height ?? 0, rowHeight, items.length);
  const lines = items.reduce((count, { kind }) => count + Number(kind === 'line'), 0);
  return (
    <div
      ref={ref}
      className={styles.scroll}
      // A scrolling box must be reachable with the keyboard.
      tabIndex={0}
      role="region"
      aria-label={t('alerts.panel.list', 'Alerts')}
      onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
    >
      <ul
        className={styles.list}
        style={{
          paddingTop: first * rowHeight,
          paddingBottom: (items.length - Math.max(end, first)) * rowHeight,
        }}
      >
        {items.slice(first, end).map((item, index) => {
          const place = { 'aria-setsize': items.length, 'aria-posinset': first + index + 1 };
          if (item.kind === 'line')
            return (
              <li key={item.key} {...place} className={styles.line} style={{ height: rowHeight }}>
                <AlertLine
                  line={item.line}
                  options={options}
                  width={width}
                  now={now}
                  mark={marks.get(item.line.alert.fingerprint)}
                  actions={actionsOf?.(item.line)}
                />
              </li>
            );
          return (
            <li key={item.key} {...place} className={styles.group} style={{ height: rowHeight }}>
              <bdi>
                {item.value ??
                  t('alerts.panel.without', 'without {{label}}', {
                    label: options.groupBy,
                    interpolation: { escapeValue: false },
                  })}
              </bdi>{' '}
              <span>{numberWords(item.count)}</span>
            </li>
          );
        })}
      </ul>
      {lines < total && (
        <p className={styles.text}>
          {t('alerts.panel.limited', 'The first {{shown}} of {{number}}', {
            shown: lines,
            number: numberWords(total),
          })}
        </p>
      )}
    </div>
  );
}
