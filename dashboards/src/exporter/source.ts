import type { VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { labelVariable } from '../shared/variables.ts';

/** The exporters that are chosen: every query of the dashboard has it. */
export const CHOSEN = 'instance=~"$exporter"';

export const NO_EXPORTER =
  'Prometheus has nothing from the Valtronics exporter: is its target in job valtronics-api, and up?';

/** Which exporters, where there are several. */
export function exporterVariable(): VariableModel {
  return labelVariable({
    name: 'exporter',
    label: 'instance',
    title: 'Exporter',
    of: 'valtronics_exporter_build_info',
  });
}
