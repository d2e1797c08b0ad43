import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Collapse, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertRule } from '../../../domain/alerts/rule';
import { ruleOfAlert } from '../data/ruleOfAlert';
import type { Silence } from '../../../domain/alerts/silence';
import { PartBoundary } from '../../../kit/states/PartBoundary';
import { AlertLines } from '../../logs/AlertLines';
import { AlertBefore } from './AlertBefore';
import { AlertFacts } from './AlertFacts';
import { AlertLife } from './AlertLife';
import { AlertLinks } from './AlertLinks';
import { AlertValueChart } from './AlertValueChart';
import { getDetailsStyles } from './detailsStyles';
import { Runbook } from './Runbook';

interface Props {
  readonly alert: AlertRow;
  readonly rules: readonly AlertRule[];
  readonly silences: readonly Silence[];
  readonly range: TimeRange;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What somebody needs who deals with an alert: its value, its life, what it is about, and what to do. */
export function AlertDetails({ alert, rules, silences, range, tick, now }: Props) {
  const styles = useStyles2(getDetailsStyles);
  const [runbookOpen, setRunbookOpen] = useState(false);
  const { description, summary, runbook_url: runbook } = alert.annotations;
  return (
    <Stack direction="column" gap={2}>
      <AlertLinks alert={alert} now={now} />
      {description !== undefined && description !== summary && (
        <p className={styles.quiet}>
          <bdi>{description}</bdi>
        </p>
      )}
      <PartBoundary name={t('alerts.details.value', 'Value')}>
        <AlertValueChart alert={alert} rule={ruleOfAlert(alert, rules)} range={range} tick={tick} />
      </PartBoundary>
      <div className={styles.columns}>
        <AlertLife alert={alert} tick={tick} now={now} />
        <AlertFacts alert={alert} silences={silences} now={now} />
      </div>
      {alert.origins.includes('store') && (
        <PartBoundary name={t('alerts.before.title', 'What changed before it')}>
          <AlertBefore alert={alert} tick={tick} now={now} />
        </PartBoundary>
      )}
      <PartBoundary name={t('logs.alert.title', 'Log lines of its time')}>
        <AlertLines alert={alert} tick={tick} now={now} />
      </PartBoundary>
      <Collapse label={t('alerts.details.runbook', 'Runbook')} isOpen={runbookOpen} onToggle={setRunbookOpen}>
        <Runbook url={runbook} />
      </Collapse>
    </Stack>
  );
}
