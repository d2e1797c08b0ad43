import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { useApp } from '../../kit/app/appContext';
import { Known, useAnswer } from '../../kit/answer';
import { fullTime } from '../../kit/time/timeWords';
import { LevelLabel } from '../../features/logs/LevelLabel';
import { LineDetails } from '../../features/logs/lines/LineDetails';

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    padding: theme.spacing(1.5, 2),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({ display: 'flex', gap: theme.spacing(1.5), flexWrap: 'wrap', alignItems: 'baseline' }),
  title: css({ ...theme.typography.h5, margin: 0, flex: 1 }),
});

interface Props {
  readonly id: string;
  readonly onClose: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The line of a link that is not in the list: the filter or the range leaves it out. */
export function LinkedLine({ id, onClose, now }: Props) {
  const styles = useStyles2(getStyles);
  const { clients, timeZone } = useApp();
  const load = useCallback((signal: AbortSignal) => clients.logs.context(id, 0, signal), [clients, id]);
  const answer = useAnswer(load, 0);
  return (
    <section className={styles.box}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t('logs.linked.title', 'The line of the link')}</h2>
        <IconButton name="times" tooltip={t('logs.linked.close', 'Close')} onClick={onClose} />
      </div>
      <Known answer={answer} source="exporter" height={160} now={now} brief>
        {(context) =>
          context === null ? (
            <p>{t('logs.linked.gone', 'This line is not kept any more, or never was here.')}</p>
          ) : (
            <>
              <p className={styles.head}>
                <time dateTime={new Date(context.line.timestamp).toISOString()}>
                  {fullTime(context.line.timestamp, timeZone)}
                </time>
                <LevelLabel level={context.line.level} />
                <bdi>{context.line.service}</bdi>
              </p>
              <LineDetails line={context.line} now={now} />
            </>
          )
        }
      </Known>
    </section>
  );
}
