import {
  DatasourceVariableBuilder,
  type DataSourceRef,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** The data source that `provisioning/datasources` creates: what the variable shows first. */
export const PROMETHEUS_UID = 'valtronics-prometheus';

/** What every panel and query asks: the data source that the variable names. */
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** The variable that chooses a Prometheus, for a Grafana that has several. */
export function datasourceVariable(): VariableModel {
  const variable = new DatasourceVariableBuilder('datasource')
    .label('Data source')
    .type('prometheus')
    .current({ selected: true, text: 'Valtronics Prometheus', value: PROMETHEUS_UID })
    .build();
  // An empty list is what Grafana itself writes; it fills the options when it loads the dashboard.
  return { ...variable, options: [] };
}
