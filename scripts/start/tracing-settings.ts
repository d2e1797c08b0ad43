import type { Installed } from './installed.ts';
import { JAEGER_BASE_PATH } from './jaeger.ts';
import type { Run } from './run.ts';

/** Any of these says where traces go or are asked for, or that there are none: the run then adds nothing. */
const OWN = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_SDK_DISABLED',
  'VALTRONICS_JAEGER_URL',
  'VALTRONICS_CONFIG_FILE',
];

/** Settings of whatever makes or shows traces in this run, where its own Jaeger takes part. */
export function tracingSettings(
  { environment, ports }: Pick<Run, 'environment' | 'ports'>,
  installed: Pick<Installed, 'jaeger'>,
): NodeJS.ProcessEnv {
  if (installed.jaeger === undefined || OWN.some((name) => Boolean(environment[name]))) return {};
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ports.otlp}`,
    VALTRONICS_JAEGER_URL: `http://127.0.0.1:${ports.jaeger}${JAEGER_BASE_PATH}`,
  };
}
