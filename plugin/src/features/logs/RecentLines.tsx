import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useState, type ReactNode } from 'react';
import type { LogSpan } from '../../api/logsClient';
import type { LogFilter } from '../../domain/logs/logFilter';
import { problemOf, WITHOUT_LOGS } from '../../domain/problem';
import { Known, newest } from '../../kit/answer';
import { PageLink } from '../../kit/links/PageLink';
import { clockWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { LineDetails } from './lines/LineDetails';
import { LineList } from './lines/LineList';
import { getLineDetailStyles } from './lines/lineStyles';
import { useLines } from './useLines';

/** Lines that are shown; the page of the logs has the others. */
const SHOWN = 50;
const MAX_HEIGHT = '24em';

const head = css({ display: 'flex', gap: '1em', alignItems: 'baseline', flexWrap: 'wrap' });

interface Props {
  readonly title: ReactNode;
  /** What is listed, for those who hear it. */
  readonly name: string;
  /** The same object as long as it says the same. */
  readonly filter: LogFilter;
  /** Of now; the same function as long as it means the same. Undefined: the newest of any time. */
  readonly span: (() => LogSpan) | undefined;
  /** The page with all of them. */
  readonly allPath: string;
  /** True: new lines come by themselves. */
  readonly live: boolean;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The newest lines about something, on the page of that thing; nothing where the exporter reads no logs. */
export function RecentLines(props: Props) {
  const { title, name, filter, span, allPath, live, tick, now } = props;
  const styles = useStyles2(getLineDetailStyles);
  const { timeZone } = useApp();
  const [open, setOpen] = useState<string | null>(null);
  const answer = useLines({ filter, span, wanted: SHOWN, live, tick });
  const { error } = newest(answer);
  if (error !== undefined && WITHOUT_LOGS.has(problemOf(error, 'exporter').kind)) return null;
  return (
    <section>
      <div className={head}>
        {title}
        <PageLink to={allPath}>{t('logs.recent.all', 'All of them')}</PageLink>
      </div>
      <Known answer={answer} source="exporter" height={120} now={now} brief>
        {({ items, oldest }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>
              {oldest === null
                ? t('logs.recent.none', 'No line yet.')
                : t('logs.recent.noneSince', 'No line. They are kept back to {{time}}.', {
                    time: clockWords(oldest, now, timeZone),
                  })}
            </p>
          ) : (
            <LineList
              name={name}
              lines={items.slice(0, SHOWN)}
              openId={open}
              onOpen={setOpen}
              wrap={false}
              details={(line) => <LineDetails line={line} now={now} />}
              maxHeight={MAX_HEIGHT}
              now={now}
            />
          )
        }
      </Known>
    </section>
  );
}
