import { t } from '@grafana/i18n';
import { Alert, EmptyState, Stack } from '@grafana/ui';
import { useMemo } from 'react';
import type { AlertPicture } from '../../../features/alerts/data/alertLoader';
import type { AlertRule } from '../../../domain/alerts/rule';
import { filterRules } from '../../../domain/alerts/ruleFilter';
import { problemOf, type ProblemKind } from '../../../domain/problem';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';
import { problemWords } from '../../../kit/states/problemWords';
import { Known, newest, type Answer } from '../../../kit/answer';
import { useApp } from '../../../kit/app/appContext';
import { sourceAgeWords } from '../../../features/alerts/list/alertWords';
import { useNow } from '../../../kit/time/useNow';
import type { PageTime } from '../../../kit/time/usePageTime';
import type { UrlQuery } from '../../../kit/useUrlQuery';
import { readRuleFilter, ruleAddress, writeRuleFilter } from './ruleAddress';
import { RuleFilters } from './RuleFilters';
import { RuleTable } from './RuleTable';
import { useRuleValues, type RuleValues } from './useRuleValues';

/** Durations are renewed this often, milliseconds. */
const CLOCK_MS = 5000;
const NO_VALUES: RuleValues = new Map();
/** An exporter of this kind has no rules, and that is nobody's fault. */
const WITHOUT_RULES: ReadonlySet<ProblemKind> = new Set(['not-configured', 'not-found', 'alerts-off']);

function NoRules() {
  return (
    <Alert severity="info" title={t('alerts.rules.none.title', 'Nobody evaluates an alert rule')}>
      <p>
        {t(
          'alerts.rules.none.prometheus',
          "With Prometheus: load the rule files of provisioning/prometheus/rules by its setting rule_files, and let it reload; the data source's setting manageAlerts must be on.",
        )}
      </p>
      <p>
        {t(
          'alerts.rules.none.grafana',
          'With Grafana alone: mount provisioning/alerting into its provisioning folder (VALTRONICS_ALERT_ENGINE=grafana).',
        )}
      </p>
      <p>
        {t(
          'alerts.rules.none.exporter',
          'With neither: name the same files to the exporter, which then evaluates them itself.',
        )}
      </p>
    </Alert>
  );
}

interface Props {
  readonly url: UrlQuery;
  readonly time: PageTime;
}

interface TabProps extends Props {
  /** The rules as they were read with the alerts. */
  readonly alerts: Answer<AlertPicture>;
}

interface ListProps extends Props {
  readonly rules: readonly AlertRule[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function RuleList({ rules, url, time, now }: ListProps) {
  const filter = useMemo(() => readRuleFilter(url.query), [url.query]);
  const shown = useMemo(() => filterRules(rules, filter), [rules, filter]);
  const { value: values, error } = newest(useRuleValues(shown, time.tick));
  const openAddress = url.query.get('rule');
  return (
    <Stack direction="column" gap={2}>
      <RuleFilters rules={rules} filter={filter} onChange={(change) => url.change(writeRuleFilter(change))} />
      <span role="status">
        {t('alerts.rules.shown', '{{shown}} of {{total}} rules', {
          shown: shown.length,
          total: rules.length,
        })}
        {error !== undefined &&
          ` · ${t('alerts.rules.noValues', 'Present values are missing: {{reason}}', {
            reason: problemWords(problemOf(error, 'prometheus')).title,
          })}`}
      </span>
      {shown.length === 0 ? (
        <EmptyState
          variant="not-found"
          message={t('alerts.rules.noMatch', 'No rule is like that. Clear the filter to see all.')}
        />
      ) : (
        <RuleTable
          rules={shown}
          values={values ?? (error === undefined ? undefined : NO_VALUES)}
          isOpen={(rule) => openAddress === ruleAddress(rule, rules)}
          onToggle={(rule) => {
            const address = ruleAddress(rule, rules);
            url.change({ rule: openAddress === address ? null : address });
          }}
          tick={time.tick}
          now={now}
        />
      )}
    </Stack>
  );
}

function RulesBody({
  picture,
  url,
  time,
  now,
}: Omit<ListProps, 'rules'> & { readonly picture: AlertPicture }) {
  const { timeZone } = useApp();
  const { rules } = picture;
  // Alertmanager evaluates nothing; an exporter that nobody set up does neither.
  const problems = picture.problems.filter(
    ({ source, kind }) => source !== 'alertmanager' && !(source === 'exporter' && WITHOUT_RULES.has(kind)),
  );
  return (
    <Stack direction="column" gap={2}>
      {problems.map((problem) => (
        <ProblemNotice
          key={`${problem.source} ${problem.kind}`}
          problem={problem}
          consequence={
            problem.knownAt === undefined
              ? t('alerts.rules.incomplete', 'Its rules are missing below.')
              : sourceAgeWords(problem.knownAt, now, timeZone)
          }
        />
      ))}
      {rules.length === 0 && problems.length === 0 && <NoRules />}
      {rules.length > 0 && <RuleList rules={rules} url={url} time={time} now={now} />}
    </Stack>
  );
}

/** `?tab=rules`: every rule of every engine, what it compares, and what would fire now. */
export default function RulesTab({ url, time, alerts }: TabProps) {
  const now = useNow(CLOCK_MS);
  return (
    <Known answer={alerts} source="prometheus" height={480} now={now}>
      {(picture) => <RulesBody picture={picture} url={url} time={time} now={now} />}
    </Known>
  );
}
