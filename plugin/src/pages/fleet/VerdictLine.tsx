import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { DeviceStatus } from '../../domain/fleet/deviceStatus';
import { STATUS_GLYPHS, statusColor, statusWord } from '../../kit/status/statusLook';
import { numberWords } from '../../kit/words/numbers';
import { clockWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import type { Verdict } from './verdict';

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(3),
    rowGap: theme.spacing(0.5),
    minHeight: theme.spacing(5),
  }),
  answer: css({ ...theme.typography.h3, margin: 0 }),
  kiosk: css({ ...theme.typography.h1, margin: 0, fontSize: '4rem', lineHeight: 1.2 }),
  need: css({ color: theme.colors.error.text }),
  note: css({ color: theme.colors.text.secondary }),
  counts: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1.5), listStyle: 'none' }),
});

function answerWords({ kind, need, total }: Verdict): string {
  switch (kind) {
    case 'empty':
      return t('fleet.verdict.empty', 'The platform has no active devices');
    case 'need':
      return t('fleet.verdict.need', '{{formatted}} devices need you', {
        count: need,
        formatted: numberWords(need),
      });
    case 'watch':
      return t('fleet.verdict.watch', 'No devices need you');
    case 'fine':
      return t('fleet.verdict.fine', 'All {{formatted}} devices are fine.', {
        count: total,
        formatted: numberWords(total),
      });
  }
}

function Count({ status, count }: { readonly status: DeviceStatus; readonly count: number }) {
  const theme = useTheme2();
  return (
    <li style={{ color: statusColor(theme, status) }}>
      <span aria-hidden="true">{STATUS_GLYPHS[status]}</span> {numberWords(count)} {statusWord(status)}
    </li>
  );
}

interface Props {
  readonly verdict: Verdict;
  /** The moment of the picture, milliseconds since the epoch, when it is not the present. */
  readonly asOf: number | undefined;
  readonly now: number;
  readonly kiosk: boolean;
}

/** The first line: how many devices need somebody, and what the others are doing. */
export function VerdictLine({ verdict, asOf, now, kiosk }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const { kind, counts, fine, lastChange } = verdict;
  const shown = (['error', 'offline', 'warning', 'unknown'] as const).filter((status) => counts[status] > 0);
  return (
    <div className={styles.line}>
      <h2
        className={cx(kiosk ? styles.kiosk : styles.answer, kind === 'need' && styles.need)}
        aria-live="polite"
      >
        {asOf !== undefined && `${clockWords(asOf, now, timeZone)} · `}
        {answerWords(verdict)}
      </h2>
      {kind !== 'empty' && (
        <ul className={styles.counts}>
          {shown.map((status) => (
            <Count key={status} status={status} count={counts[status]} />
          ))}
          {counts.warning + counts.unknown > 0 && (
            <li className={styles.note}>
              {t('fleet.verdict.notCounted', '(warning and unknown do not count)')}
            </li>
          )}
          {kind !== 'fine' && (
            <li>
              {t('fleet.verdict.rest', '{{formatted}} are fine', {
                count: fine,
                formatted: numberWords(fine),
              })}
            </li>
          )}
        </ul>
      )}
      {kind !== 'need' && lastChange !== null && (
        <span>
          {t('fleet.verdict.lastChange', 'Last change {{time}}.', {
            time: clockWords(lastChange, now, timeZone),
          })}
        </span>
      )}
    </div>
  );
}
