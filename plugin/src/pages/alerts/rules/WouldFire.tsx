import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { problemOf } from '../../../domain/problem';
import { problemWords } from '../../../kit/states/problemWords';
import { alertStateWord } from '../../../features/alerts/list/alertWords';
import { durationWords } from '../../../kit/time/timeWords';
import type { AlertRule } from '../../../domain/alerts/rule';
import {
  knownInstances,
  wouldFire,
  type WouldFire as Instance,
} from '../../../features/alerts/data/ruleInstances';
import { LabelWords } from './LabelWords';
import { alertValueWords } from '../../../features/alerts/list/alertValueWords';
import { unitOfTexts } from '../../../domain/alerts/valueUnit';
import { newest } from '../../../kit/answer';
import { useInstant } from './useRuleValues';
import { withKeys } from '../../../kit/uniqueKeys';

/** More instances than this are named by their number. */
const MOST_INSTANCES = 50;

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ position: 'relative', overflowX: 'auto', maxHeight: '24em', overflowY: 'auto' }),
  table: css({
    width: '100%',
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'baseline',
      padding: theme.spacing(0.25, 2, 0.25, 0),
      fontWeight: 'normal',
    },
    '& th': { color: theme.colors.text.secondary },
  }),
  number: css({ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  quiet: css({ color: theme.colors.text.secondary, margin: 0 }),
});

interface ListProps {
  readonly rule: AlertRule;
  readonly instances: readonly Instance[];
  readonly now: number;
}

function stateWords({ state, since }: Instance, { holdSeconds }: AlertRule, now: number): string {
  const lasted = since === null ? '' : durationWords(now - since);
  switch (state) {
    case 'firing':
      return t('alerts.rules.instance.firing', 'fires for {{lasted}}', { lasted });
    case 'nodata':
    case 'error':
    case 'recovering':
      return t('alerts.rules.instance.other', '{{state}} for {{lasted}}', {
        state: alertStateWord(state),
        lasted,
      });
    case 'pending':
      return t('alerts.rules.instance.pending', 'waits for {{lasted}} of {{hold}}', {
        lasted,
        hold: durationWords(holdSeconds * 1000),
      });
    case 'new':
      return holdSeconds === 0
        ? t('alerts.rules.instance.newNow', 'fires with the next evaluation')
        : t('alerts.rules.instance.new', 'new: fires in {{hold}} if it lasts', {
            hold: durationWords(holdSeconds * 1000),
          });
  }
}

function InstanceTable({ rule, instances, now }: ListProps) {
  const styles = useStyles2(getStyles);
  if (instances.length === 0)
    return (
      <p className={styles.quiet}>
        {t('alerts.rules.nothingFires', 'Nothing: the condition holds for no series now.')}
      </p>
    );
  const unit = unitOfTexts(rule.annotations);
  const title = t('alerts.rules.wouldFire', 'What would fire now');
  const more = instances.length - MOST_INSTANCES;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('alerts.rules.instance.value', 'Value')}</th>
            <th scope="col">{t('alerts.rules.instance.labels', 'Labels')}</th>
            <th scope="col">{t('alerts.rules.instance.state', 'State')}</th>
          </tr>
        </thead>
        <tbody>
          {withKeys(instances.slice(0, MOST_INSTANCES), ({ labels }) => JSON.stringify(labels)).map(
            ({ key, item: instance }) => (
              <tr key={key}>
                <td className={styles.number}>{alertValueWords(instance.value, unit)}</td>
                <td>
                  <LabelWords labels={instance.labels} />
                </td>
                <td>{stateWords(instance, rule, now)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
      {more > 0 && (
        <p className={styles.quiet}>
          {t('alerts.rules.moreInstances', '{{count}} more instances', { count: more })}
        </p>
      )}
    </div>
  );
}

interface Props {
  readonly rule: AlertRule;
  readonly tick: number;
  readonly now: number;
}

/** Asks Prometheus itself, so that what holds only now is seen, too. */
function AskedInstances({ rule, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { value: rows, error } = newest(useInstant(rule.expression, tick));
  if (error !== undefined) {
    const problem = problemOf(error, 'prometheus');
    return (
      <p className={styles.quiet}>
        – {problemWords(problem).title}
        {problem.detail === '' ? '' : `: ${problem.detail}`}
      </p>
    );
  }
  if (rows === undefined) return <p className={styles.quiet}>{t('loading', 'Loading…')}</p>;
  return <InstanceTable rule={rule} instances={wouldFire(rule, rows)} now={now} />;
}

/** What would fire now if the rule did not wait. */
export function WouldFire({ rule, tick, now }: Props) {
  if (rule.origin === 'prometheus') return <AskedInstances rule={rule} tick={tick} now={now} />;
  return <InstanceTable rule={rule} instances={knownInstances(rule)} now={now} />;
}
