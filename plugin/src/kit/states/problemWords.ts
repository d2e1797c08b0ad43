import { t } from '@grafana/i18n';
import type { Problem, Source } from '../../domain/problem';

/** A problem in words: what it is, and the next step. */
export interface ProblemWords {
  readonly title: string;
  readonly nextStep: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** True where the configuration page is the place to go. */
  readonly configuration: boolean;
}

function noExporter(): ProblemWords {
  return {
    title: t('problem.exporterNotConfigured.title', 'No exporter is configured'),
    nextStep: t(
      'problem.exporterNotConfigured.next',
      'Enter the address of the Valtronics exporter on the configuration page and press "Test connection".',
    ),
    severity: 'info',
    configuration: true,
  };
}

function noPrometheus(): ProblemWords {
  return {
    title: t('problem.prometheusNotConfigured.title', 'The Prometheus data source is not there'),
    nextStep: t(
      'problem.prometheusNotConfigured.next',
      'Choose the data source that scrapes the exporter on the configuration page. Until then there is no history.',
    ),
    severity: 'warning',
    configuration: true,
  };
}

function noAlertmanager(): ProblemWords {
  return {
    title: t('problem.alertmanagerNotConfigured.title', 'The Alertmanager data source is not there'),
    nextStep: t(
      'problem.alertmanagerNotConfigured.next',
      'Choose it on the configuration page; where there is none, add a data source of the type Alertmanager to Grafana first. Until then nothing can be silenced here.',
    ),
    severity: 'info',
    configuration: true,
  };
}

function notConfigured({ source }: Problem): ProblemWords {
  if (source === 'exporter') return noExporter();
  return source === 'alertmanager' ? noAlertmanager() : noPrometheus();
}

function notAllowedTitle(source: Source): string {
  switch (source) {
    case 'exporter':
      return t('problem.notAllowed.exporter', 'You may not read from the exporter');
    case 'prometheus':
      return t('problem.notAllowed.prometheus', 'You may not query the Prometheus data source');
    case 'alertmanager':
      return t('problem.notAllowed.alertmanager', 'You may not do this with Alertmanager');
    case 'grafana':
      return t('problem.notAllowed.grafana', "You may not read Grafana's own alert rules");
  }
}

function notAllowed({ source }: Problem): ProblemWords {
  return {
    title: notAllowedTitle(source),
    nextStep: t(
      'problem.notAllowed.next',
      'Ask an administrator of this Grafana for the role Viewer of this app and its data source.',
    ),
    severity: 'warning',
    configuration: false,
  };
}

function unknownTitle(source: Source): string {
  switch (source) {
    case 'exporter':
      return t('problem.unknown.exporter', 'The exporter gave an answer that cannot be used');
    case 'prometheus':
      return t('problem.unknown.prometheus', 'Prometheus gave an answer that cannot be used');
    case 'alertmanager':
      return t('problem.unknown.alertmanager', 'Alertmanager gave an answer that cannot be used');
    case 'grafana':
      return t('problem.unknown.grafana', "Grafana's own alert rules could not be read");
  }
}

/** The words of a problem. */
export function problemWords(problem: Problem): ProblemWords {
  switch (problem.kind) {
    case 'not-configured':
      return notConfigured(problem);
    case 'not-allowed':
      return notAllowed(problem);
    case 'unauthorised':
      return {
        title: t('problem.unauthorised.title', 'The exporter refuses the token'),
        nextStep: t(
          'problem.unauthorised.next',
          'Enter the value of VALTRONICS_TOKEN on the configuration page.',
        ),
        severity: 'error',
        configuration: true,
      };
    case 'exporter-down':
      return {
        title: t('problem.exporterDown.title', 'The exporter does not answer'),
        nextStep: t(
          'problem.exporterDown.next',
          'Check that it runs, and that Grafana reaches the address on the configuration page.',
        ),
        severity: 'error',
        configuration: true,
      };
    case 'prometheus-down':
      return {
        title: t('problem.prometheusDown.title', 'Prometheus does not answer'),
        nextStep: t(
          'problem.prometheusDown.next',
          'Check that it runs, and test the data source in Grafana. Until then there is no history and no chart.',
        ),
        severity: 'error',
        configuration: false,
      };
    case 'alertmanager-down':
      return {
        title: t('problem.alertmanagerDown.title', 'Alertmanager does not answer'),
        nextStep: t(
          'problem.alertmanagerDown.next',
          'Check that it runs, and test the data source in Grafana. Until then silences and receivers are unknown.',
        ),
        severity: 'error',
        configuration: false,
      };
    case 'alerts-off':
      return {
        title: t('problem.alertsOff.title', 'The exporter keeps no alerts'),
        nextStep: t(
          'problem.alertsOff.next',
          'Set VALTRONICS_ALERTS_ENABLED=true and start it again. Until then nothing can be acknowledged.',
        ),
        severity: 'warning',
        configuration: false,
      };
    case 'logs-off':
      return {
        title: t('problem.logsOff.title', 'The exporter reads no logs'),
        nextStep: t(
          'problem.logsOff.next',
          'Set VALTRONICS_LOGS_ENABLED=true and start it again. Until then there are no lines here.',
        ),
        severity: 'info',
        configuration: false,
      };
    case 'no-logs':
      return {
        title: t('problem.noLogs.title', 'This exporter is too old for logs'),
        nextStep: t(
          'problem.noLogs.next',
          'Update the exporter to the version of this app. Everything else works as before.',
        ),
        severity: 'info',
        configuration: false,
      };
    case 'log-store-down':
      return {
        title: t('problem.logStoreDown.title', 'The log store does not answer'),
        nextStep: t(
          'problem.logStoreDown.next',
          'Check Elasticsearch or OpenSearch and VALTRONICS_ELASTICSEARCH_URL. Lines are kept on the exporter’s disk until it takes them again.',
        ),
        severity: 'warning',
        configuration: false,
      };
    case 'no-traces':
      return {
        title: t('problem.noTraces.title', 'This exporter is too old for traces'),
        nextStep: t(
          'problem.noTraces.next',
          'Update the exporter to the version of this app. Everything else works as before.',
        ),
        severity: 'info',
        configuration: false,
      };
    case 'jaeger-down':
      return {
        title: t('problem.jaegerDown.title', 'Jaeger does not answer'),
        nextStep: t(
          'problem.jaegerDown.next',
          'Check that it runs, and VALTRONICS_JAEGER_URL with its base path.',
        ),
        severity: 'warning',
        configuration: false,
      };
    case 'trace-missing':
      return {
        title: t('problem.traceMissing.title', 'This trace is not kept'),
        nextStep: t(
          'problem.traceMissing.next',
          'Traces are kept by a share of the settings, and besides when they fail or are slow.',
        ),
        severity: 'info',
        configuration: false,
      };
    case 'not-scraped':
      return {
        title: t('problem.notScraped.title', 'Prometheus has nothing from the exporter'),
        nextStep: t(
          'problem.notScraped.next',
          'Check the target of the job valtronics-api in Prometheus. What you see comes straight from the exporter, without history.',
        ),
        severity: 'warning',
        configuration: true,
      };
    case 'sources-failing':
      return {
        title: t('problem.sourcesFailing.title', 'The exporter cannot collect from the platform'),
        nextStep: t('problem.sourcesFailing.next', 'The page System says which source fails and why.'),
        severity: 'error',
        configuration: false,
      };
    case 'not-found':
    case 'unknown':
      return {
        title: unknownTitle(problem.source),
        nextStep: t(
          'problem.unknown.next',
          'Try again; if it stays, check that the versions of app and exporter fit.',
        ),
        severity: 'error',
        configuration: false,
      };
  }
}
