import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Modal, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { TestOutcome } from '../../../domain/alerts/alertTypes';
import { problemOf, type Problem } from '../../../domain/problem';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';
import { useApp } from '../../../kit/app/appContext';
import { withKeys } from '../../../kit/uniqueKeys';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    margin: 0,
    display: 'grid',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  }),
  good: css({ color: theme.colors.success.text }),
  bad: css({ color: theme.colors.error.text }),
  quiet: css({ color: theme.colors.text.secondary }),
});

function Outcome({ outcome }: { readonly outcome: TestOutcome }) {
  const styles = useStyles2(getStyles);
  const { receiver, delivered, answer, durationSeconds } = outcome;
  return (
    <li>
      <span className={delivered ? styles.good : styles.bad}>
        {delivered ? '✓' : '✕'} <bdi>{receiver}</bdi>{' '}
        {delivered
          ? t('alerts.actions.test.told', 'took it')
          : t('alerts.actions.test.notTold', 'did not take it')}
      </span>{' '}
      <span className={styles.quiet}>
        <bdi>{answer}</bdi> · {durationSeconds.toFixed(2)} s
      </span>
    </li>
  );
}

function Outcomes({ outcomes }: { readonly outcomes: readonly TestOutcome[] }) {
  const styles = useStyles2(getStyles);
  if (outcomes.length === 0) {
    return (
      <span>
        {t(
          'alerts.actions.test.none',
          'The exporter has no receiver: nobody would be told. Set VALTRONICS_ALERTMANAGER_URL, or one of its own receivers.',
        )}
      </span>
    );
  }
  return (
    <ul className={styles.list}>
      {withKeys(outcomes, ({ receiver }) => receiver).map(({ key, item: outcome }) => (
        <Outcome key={key} outcome={outcome} />
      ))}
    </ul>
  );
}

/** Sends a test alert to every receiver of the exporter and shows what each answered. */
export function TestChainDialog({ onClose }: { readonly onClose: () => void }) {
  const { clients } = useApp();
  const [sending, setSending] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly TestOutcome[]>();
  const [problem, setProblem] = useState<Problem>();
  const send = async (): Promise<void> => {
    setSending(true);
    setProblem(undefined);
    try {
      setOutcomes(await clients.alertStore.test());
    } catch (error) {
      setProblem(problemOf(error, 'exporter'));
    } finally {
      setSending(false);
    }
  };
  return (
    <Modal isOpen title={t('alerts.actions.test.title', 'Test the chain')} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <span>
          {t(
            'alerts.actions.test.help',
            'A test alert, and its end, goes to every receiver that the exporter knows: people may be paged. What each answers is shown here.',
          )}
        </span>
        <div role="status">{outcomes !== undefined && <Outcomes outcomes={outcomes} />}</div>
        {problem !== undefined && <ProblemNotice problem={problem} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" onClick={onClose}>
          {t('alerts.actions.close', 'Close')}
        </Button>
        <Button disabled={sending} onClick={() => void send()}>
          {sending
            ? t('alerts.actions.sending', 'Sending…')
            : t('alerts.actions.test.send', 'Send the test alert')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}
