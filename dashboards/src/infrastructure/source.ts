import type { VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { labelVariable } from '../shared/variables.ts';

/** The hosts that are chosen: every query of node_exporter has it. */
export const CHOSEN = 'instance=~"$host"';

export const NO_HOSTS = 'Needs node_exporter on the hosts, as a target of job node-exporter.';

/** Which hosts, as node_exporter is addressed. */
export function hostVariable(): VariableModel {
  return labelVariable({ name: 'host', label: 'instance', title: 'Host', of: 'node_uname_info' });
}
