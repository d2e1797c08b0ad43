import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { AlertRule } from '../../../domain/alerts/rule';
import { ruleThresholds } from '../../../domain/alerts/ruleThresholds';
import { Runbook } from '../../../features/alerts/details/Runbook';
import { HrefLink, safeUrl } from '../../../kit/links/HrefLink';
import { LabelWords } from './LabelWords';
import { Promql } from './Promql';
import { RuleThresholds } from './RuleThresholds';
import { WouldFire } from './WouldFire';

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gap: theme.spacing(2, 4),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(30em, 100%), 1fr))',
    padding: theme.spacing(1, 0, 2),
    '& > *': { minWidth: 0 },
  }),
  column: css({ display: 'grid', gap: theme.spacing(2), alignContent: 'start' }),
  wide: css({ gridColumn: '1 / -1' }),
  title: css({ ...theme.typography.h6, margin: theme.spacing(0, 0, 0.5) }),
  error: css({ color: theme.colors.error.text, overflowWrap: 'anywhere', margin: 0 }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    gap: theme.spacing(0.25, 2),
    margin: 0,
    '& > dt': { fontWeight: 'normal', color: theme.colors.text.secondary },
    '& > dd': { margin: 0, overflowWrap: 'anywhere' },
  }),
});

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <section>
      <h4 className={styles.title}>{title}</h4>
      {children}
    </section>
  );
}

/** Addresses can be followed, everything else is text. */
function AnnotationValue({ value }: { readonly value: string }) {
  const href = safeUrl(value);
  return href === undefined ? <bdi>{value}</bdi> : <HrefLink href={href}>{value}</HrefLink>;
}

interface Props {
  readonly rule: AlertRule;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Everything about a rule: what it asks, what it finds now, and what to do when it fires. */
export function RuleDetails({ rule, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { expression, labels, annotations, lastError, origin } = rule;
  const thresholds = origin === 'prometheus' ? ruleThresholds(expression) : [];
  const { summary, description, message, runbook_url: runbook, ...others } = annotations;
  const words = [summary, description ?? message].filter((text) => text !== undefined && text !== '');
  return (
    <div className={styles.grid}>
      <div className={styles.column}>
        {lastError !== undefined && lastError !== '' && (
          <Part title={t('alerts.rules.lastError', 'Why it cannot be evaluated')}>
            <p className={styles.error}>{lastError}</p>
          </Part>
        )}
        <Part title={t('alerts.rules.expression', 'Expression')}>
          <Promql expression={expression} label={t('alerts.rules.expression', 'Expression')} />
        </Part>
        <Part title={t('alerts.rules.wouldFire', 'What would fire now')}>
          <WouldFire rule={rule} tick={tick} now={now} />
        </Part>
      </div>
      <div className={styles.column}>
        {thresholds.length > 0 && (
          <Part title={t('alerts.rules.nowAndLimit', 'Now, and where the limit is')}>
            <RuleThresholds thresholds={thresholds} tick={tick} />
          </Part>
        )}
        <Part title={t('alerts.rules.says', 'What the alert says')}>
          {words.map((text) => (
            <p key={text}>{text}</p>
          ))}
          <dl className={styles.facts}>
            <dt>{t('alerts.rules.labels', 'Labels')}</dt>
            <dd>
              <LabelWords labels={labels} />
            </dd>
            {Object.entries(others).map(([name, value]) => [
              <dt key={`${name} term`}>{name}</dt>,
              <dd key={name}>
                <AnnotationValue value={value} />
              </dd>,
            ])}
          </dl>
        </Part>
      </div>
      <div className={styles.wide}>
        <Part title={t('alerts.rules.runbook', 'What to do when it fires')}>
          <Runbook url={runbook} />
        </Part>
      </div>
    </div>
  );
}
