import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Availability } from '../../domain/fleet/availability';
import { Missing } from '../../kit/states/Missing';
import { durationWords } from '../../kit/time/timeWords';
import { numberWords } from '../../kit/words/numbers';
import { availabilityWords, recoveryWords } from './figureWords';
import { getReportStyles } from './reportStyles';

/** A column before the figures. */
export interface FirstColumn<T> {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  readonly number?: boolean;
}

interface Props<T extends Availability> {
  readonly title: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly columns: readonly FirstColumn<T>[];
}

/** What stands where nothing was measured. */
export const unmeasured = (): string =>
  t('report.unmeasured', 'No status but unknown or maintenance was recorded');

/** What stands where there was no trouble. */
export const untroubled = (): string => t('report.untroubled', 'Never in trouble in this range');

/** Rows with how they did: availability, time in trouble, how often, and how long until it was over. */
export function FigureTable<T extends Availability>({ title, rows, keyOf, columns }: Props<T>) {
  const styles = useStyles2(getReportStyles);
  const numbers = [
    t('report.availability', 'Availability'),
    t('report.inTrouble', 'In trouble'),
    t('report.troubles', 'Troubles'),
    t('report.recovery', 'Mean time to recover'),
  ];
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map(({ title: column, number }) => (
              <th key={column} scope="col" className={cx(number === true && styles.number)}>
                {column}
              </th>
            ))}
            {numbers.map((column) => (
              <th key={column} scope="col" className={styles.number}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title: column, cell, number }) => (
                <td key={column} className={cx(number === true && styles.number)}>
                  {cell(row)}
                </td>
              ))}
              <td className={styles.number}>{availabilityWords(row) ?? <Missing reason={unmeasured()} />}</td>
              <td className={styles.number}>{durationWords(row.troubleSeconds * 1000)}</td>
              <td className={styles.number}>{numberWords(row.troubles)}</td>
              <td className={styles.number}>{recoveryWords(row) ?? <Missing reason={untroubled()} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
