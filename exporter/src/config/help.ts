import { FLAGS } from './command-line.ts';
import { OPTIONS, type Option } from './options.ts';

function describe(option: Option): string {
  const file = option.secret ? ` (or ${option.env}_FILE)` : '';
  const fallback = option.fallback === undefined ? '' : ` Default: ${option.fallback}.`;
  const restart = option.needsRestart ? ' A change needs a restart.' : '';
  return `  ${option.env}${file}\n      ${option.help}${restart}\n      Allowed: ${option.allowed}.${fallback}\n      In YAML: ${option.path}`;
}

/** The text of `--help`. */
export function helpText(): string {
  return [
    'valtronics-exporter: Prometheus exporter for the Valtronics IoT platform',
    '',
    'Usage: valtronics-exporter [--config.file FILE] [--config.check | --logs.setup] [FLAG …] [--version] [--help]',
    '',
    '  --config.file FILE   settings in YAML (or VALTRONICS_CONFIG_FILE); the environment overrules it',
    '  --config.check       check the settings and the files that they name, start nothing',
    '  --logs.setup         put index template, retention and ingest pipeline into the log store, start nothing',
    ...Object.entries(FLAGS).map(([flag, path]) => `  --${flag}`.padEnd(23) + `overrules ${path}`),
    '',
    'A source is collected when its setting is there. Settings:',
    '',
    ...OPTIONS.map(describe),
    '',
  ].join('\n');
}
