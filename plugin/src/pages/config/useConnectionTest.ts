import { useCallback, useState } from 'react';
import { createAlertmanagerClient } from '../../api/alertmanagerClient';
import { createExporterClient } from '../../api/exporterClient';
import { createPrometheusClient } from '../../api/prometheusClient';
import type { AppSettings } from '../../api/settings';
import { instanceOf } from './address';
import {
  testAlertmanager,
  testExporter,
  testPrometheus,
  unsavedExporter,
  type StepResult,
} from './connectionTest';

export interface ConnectionTest {
  readonly results: readonly StepResult[] | undefined;
  readonly running: boolean;
  /** Why the test itself broke; undefined when it did not. */
  readonly failure: string | undefined;
  readonly run: (settings: AppSettings, exporterSaved: boolean) => void;
}

async function testAll(settings: AppSettings, exporterSaved: boolean): Promise<StepResult[]> {
  const exporter = createExporterClient(settings.exporterUrl);
  const prometheus = createPrometheusClient(settings.prometheusUid);
  const alertmanager = createAlertmanagerClient(settings.alertmanagerUid);
  const [atExporter, atPrometheus, atAlertmanager] = await Promise.all([
    exporterSaved ? testExporter({ exporter }) : unsavedExporter(),
    testPrometheus(prometheus, instanceOf(settings.exporterUrl), Date.now()),
    testAlertmanager(alertmanager),
  ]);
  return [...atExporter, ...atPrometheus, atAlertmanager];
}

/** The connection test: reads only. Data sources are tested as they stand in the form, the exporter as it is saved. */
export function useConnectionTest(): ConnectionTest {
  const [state, setState] = useState<Omit<ConnectionTest, 'run'>>({
    results: undefined,
    running: false,
    failure: undefined,
  });
  const run = useCallback<ConnectionTest['run']>((settings, exporterSaved) => {
    setState((before) => ({ ...before, running: true, failure: undefined }));
    testAll(settings, exporterSaved).then(
      (results) => setState({ results, running: false, failure: undefined }),
      (error: unknown) =>
        setState({
          results: undefined,
          running: false,
          failure: error instanceof Error ? error.message : String(error),
        }),
    );
  }, []);
  return { ...state, run };
}
