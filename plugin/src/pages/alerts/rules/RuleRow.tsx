import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import { useEffect, useId, useRef } from 'react';
import { SeverityLabel } from '../../../features/alerts/list/SeverityLabel';
import { severityColor } from '../../../features/alerts/list/severityLook';
import { Missing } from '../../../kit/states/Missing';
import { clockWords, durationWords } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';
import type { AlertRule } from '../../../domain/alerts/rule';
import { ruleSeverity } from '../../../domain/alerts/ruleFilter';
import { ruleThresholds } from '../../../domain/alerts/ruleThresholds';
import { isBeyond } from '../../../features/alerts/data/ruleValues';
import { RuleDetails } from './RuleDetails';
import { RuleState } from './RuleState';
import { quantityWords } from '../../../features/alerts/list/alertValueWords';
import { unitOfTexts } from '../../../domain/alerts/valueUnit';
import { evaluationWords, limitWords } from './ruleWords';

/** Columns of the table; the details of a rule go over all of them. */
export const RULE_COLUMNS = 7;

const getStyles = (theme: GrafanaTheme2) => ({
  open: css({
    all: 'unset',
    cursor: 'pointer',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    overflowWrap: 'anywhere',
    '&:hover': { color: theme.colors.text.maxContrast, textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
  }),
  number: css({ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
  beyond: css({ fontWeight: theme.typography.fontWeightBold }),
  quiet: css({ color: theme.colors.text.secondary }),
});

interface Props {
  readonly rule: AlertRule;
  /** The worst present value of what it compares; undefined when nobody knows, null while it is asked for. */
  readonly value: number | null | undefined;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The whole condition: every part that compares something with a number, each once. */
function Limit({ rule }: { readonly rule: AlertRule }) {
  const thresholds = rule.origin === 'grafana' ? [] : ruleThresholds(rule.expression);
  const unit = unitOfTexts(rule.annotations);
  if (thresholds.length === 0)
    return <Missing reason={t('alerts.rules.noLimit', 'The expression compares nothing with a number')} />;
  // The unit is that of the value: what the other parts compare is something else, unless it is the same.
  const [first] = thresholds;
  const words = thresholds.map((one) =>
    limitWords(one, one.expression === first?.expression ? unit : undefined),
  );
  return <>{[...new Set(words)].join(', ')}</>;
}

function Value({ rule, value }: Pick<Props, 'rule' | 'value'>) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [threshold] = ruleThresholds(rule.expression);
  if (value === null) return null;
  if (value === undefined || threshold === undefined)
    return (
      <Missing
        reason={t('alerts.rules.noValue', 'There is no value now, or nobody but the engine can be asked')}
      />
    );
  const words = quantityWords(value, unitOfTexts(rule.annotations));
  if (!isBeyond(value, threshold)) return words;
  return (
    <span className={styles.beyond} style={{ color: severityColor(theme, ruleSeverity(rule)) }}>
      {words}
    </span>
  );
}

function Evaluation({ rule, now }: Pick<Props, 'rule' | 'now'>) {
  const { timeZone } = useApp();
  const { lastEvaluation, evaluationSeconds } = rule;
  if (lastEvaluation === null)
    return <Missing reason={t('alerts.rules.neverEvaluated', 'It was never evaluated')} />;
  return (
    <time dateTime={new Date(lastEvaluation).toISOString()} title={clockWords(lastEvaluation, now, timeZone)}>
      {t('alerts.rules.ago', '{{duration}} ago', { duration: durationWords(now - lastEvaluation) })}
      {evaluationSeconds !== null && ` · ${evaluationWords(evaluationSeconds)}`}
    </time>
  );
}

/** A rule as a line; open, with all that can be said about it below. */
export function RuleRow({ rule, value, open, onToggle, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const row = useRef<HTMLTableRowElement>(null);
  const detailsId = useId();
  // A link to a rule shows it, wherever in the list it is; what is opened by hand is in sight already.
  const openAtFirst = useRef(open);
  useEffect(() => {
    if (openAtFirst.current) row.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <>
      <tr ref={row}>
        <th scope="row">
          <button
            type="button"
            className={styles.open}
            aria-expanded={open}
            aria-controls={detailsId}
            onClick={onToggle}
          >
            <Icon name={open ? 'angle-down' : 'angle-right'} />
            {rule.name}
          </button>
        </th>
        <td>
          <RuleState rule={rule} />
        </td>
        <td>
          <SeverityLabel severity={ruleSeverity(rule)} />
        </td>
        <td>
          <Limit rule={rule} />
        </td>
        <td className={styles.number}>
          <Value rule={rule} value={value} />
        </td>
        <td className={styles.number}>
          {rule.holdSeconds === 0 ? (
            <span className={styles.quiet}>{t('alerts.rules.atOnce', 'at once')}</span>
          ) : (
            durationWords(rule.holdSeconds * 1000)
          )}
        </td>
        <td className={styles.number}>
          <Evaluation rule={rule} now={now} />
        </td>
      </tr>
      <tr id={detailsId} hidden={!open}>
        <td colSpan={RULE_COLUMNS}>{open && <RuleDetails rule={rule} tick={tick} now={now} />}</td>
      </tr>
    </>
  );
}
