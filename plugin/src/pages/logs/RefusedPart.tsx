import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import type { DeadLetter } from '../../domain/logs/logEntry';
import { problemOf } from '../../domain/problem';
import { EditorButton } from '../../features/alerts/list/EditorButton';
import { useApp } from '../../kit/app/appContext';
import { problemWords } from '../../kit/states/problemWords';
import { StatusSign } from '../../kit/status/StatusSign';
import { clockWords } from '../../kit/time/timeWords';
import { numberWords } from '../../kit/words/numbers';

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'center' }),
  list: css({
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    maxHeight: '20em',
    overflow: 'auto',
    position: 'relative',
    '& > li': {
      padding: theme.spacing(0.5, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflowWrap: 'anywhere',
    },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  quiet: css({ color: theme.colors.text.secondary }),
});

interface Props {
  readonly letters: readonly DeadLetter[];
  /** False when there are more. */
  readonly complete: boolean;
  /** They were sent again: what is shown is old. */
  readonly onRetried: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Sends them again, and says what became of that. */
function useRetry(letters: readonly DeadLetter[], onRetried: () => void) {
  const { clients } = useApp();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const retry = async (): Promise<void> => {
    setBusy(true);
    try {
      const count = await clients.logs.retryDeadLetters(letters.map(({ id }) => id));
      setSaid(t('logs.refused.again', '{{count}} lines are sent again', { count }));
      onRetried();
    } catch (error) {
      setSaid(problemWords(problemOf(error, 'exporter')).title);
    } finally {
      setBusy(false);
    }
  };
  return { busy, said, retry };
}

/** Lines that the log store does not take, why, and sending them again; nothing where there are none. */
export function RefusedPart({ letters, complete, onRetried, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { busy, said, retry } = useRetry(letters, onRetried);
  if (letters.length === 0) return said === '' ? null : <p role="status">{said}</p>;
  const howMany = complete ? numberWords(letters.length) : `${numberWords(letters.length)}+`;
  return (
    <section>
      <div className={styles.head}>
        <StatusSign status="warning">
          {t('logs.refused.title', 'The log store refused lines: {{lines}}', { lines: howMany })}
        </StatusSign>
        <Button
          size="sm"
          variant="secondary"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t('logs.refused.show', 'Why')}
        </Button>
        <EditorButton
          size="sm"
          variant="secondary"
          icon="repeat"
          disabled={busy}
          onClick={() => void retry()}
        >
          {t('logs.refused.retry', 'Send again')}
        </EditorButton>
        <span role="status">{said}</span>
      </div>
      {open && (
        // A scrolling box must be reachable with the keyboard.
        <ul
          id={id}
          className={styles.list}
          tabIndex={0}
          aria-label={t('logs.refused.list', 'Lines that the log store refused')}
        >
          {letters.map((letter) => (
            <li key={letter.id}>
              <span className={styles.quiet}>{clockWords(letter.at, now, timeZone)}</span>{' '}
              <strong>{letter.status}</strong> <bdi>{letter.reason}</bdi>
              <br />
              <bdi className={styles.quiet}>
                {letter.line.service}: {letter.line.message}
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
