import { t } from '@grafana/i18n';
import type { Problem } from '../../../domain/problem';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';

/** What the list lacks without a source. */
function consequence({ source }: Problem): string {
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

/** A source that does not answer is no reason to show nothing: the others' alerts stay below. */
export function SourceNotices({ problems }: { readonly problems: readonly Problem[] }) {
  return problems.map((problem) => (
    <ProblemNotice
      key={`${problem.source} ${problem.kind}`}
      problem={problem}
      consequence={consequence(problem)}
    />
  ));
}
