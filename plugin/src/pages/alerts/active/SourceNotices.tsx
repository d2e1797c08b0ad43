import { t } from '@grafana/i18n';
import type { SourceProblem } from '../../../features/alerts/data/alertLoader';
import { useApp } from '../../../kit/app/appContext';
import { sourceAgeWords } from '../../../features/alerts/list/alertWords';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';

/** What the list lacks without a source. */
function consequence({ source }: SourceProblem): string {
  switch (source) {
    case 'exporter':
      return t(
        'alerts.active.withoutStore',
        'The list is without the platform’s own alerts and without who has taken alerts on.',
      );
    case 'alertmanager':
      return t('alerts.active.withoutAlertmanager', 'The list is without silences and receivers.');
    case 'prometheus':
      return t('alerts.active.withoutPrometheus', 'The list is without pending alerts and values.');
    case 'grafana':
      return t('alerts.active.withoutGrafana', 'The list is without alerts of Grafana’s own rules.');
  }
}

interface Props {
  readonly problems: readonly SourceProblem[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * A source that does not answer is no reason to show nothing: the others' alerts stay below, and what it said last,
 * with its age.
 */
export function SourceNotices({ problems, now }: Props) {
  const { timeZone } = useApp();
  return problems.map((problem) => (
    <ProblemNotice
      key={`${problem.source} ${problem.kind}`}
      problem={problem}
      consequence={
        problem.knownAt === undefined ? consequence(problem) : sourceAgeWords(problem.knownAt, now, timeZone)
      }
    />
  ));
}
