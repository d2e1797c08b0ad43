import { generateDashboards } from '../../dashboards/src/generate.ts';
import { configurationDocument } from '../../exporter/src/config/document.ts';
import { generateAlertsDoc } from './alerts-doc.ts';
import { generateArchitecture } from './architecture-doc.ts';
import type { GeneratedFile } from './generated-file.ts';
import { generateKubernetes } from './kubernetes.ts';
import { generateLogStore } from './log-store.ts';
import { generateLogFormats } from './log-formats-doc.ts';
import { metricsDocument } from './metrics-doc.ts';
import { generateGrafanaAlerting } from './grafana-alerting.ts';
import { generatePanelIds } from './panel-ids.ts';
import { generatePrometheusRule } from './prometheus-rule-crd.ts';
import { generateReadme } from './readme.ts';
import { generateRemoteWrite } from './prometheus-remote-write.ts';

/** Every generated file with the content that its source gives now. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [
    { path: 'docs/configuration.md', content: configurationDocument() },
    { path: 'docs/metrics.md', content: metricsDocument() },
    generateAlertsDoc(),
    generateLogFormats(),
    generateRemoteWrite(),
    ...generateLogStore(),
    generatePrometheusRule(),
    ...generateKubernetes(),
    ...generateGrafanaAlerting(),
    ...generateDashboards(),
    generatePanelIds(),
    generateReadme(),
    generateArchitecture(),
  ];
}
