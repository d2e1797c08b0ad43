import { FLAGS, GATEWAY_FLAGS } from './command-line.ts';
import { OPTIONS, type Option } from './options.ts';

function describe(option: Option): string {
  const file = option.secret ? ` (or ${option.env}_FILE)` : '';
  const fallback = option.fallback === undefined ? '' : ` Default: ${option.fallback}.`;
  const restart = option.needsRestart ? ' A change needs a restart.' : '';
  return `  ${option.env}${file}\n      ${option.help}${restart}\n      Allowed: ${option.allowed}.${fallback}\n      In YAML: ${option.path}`;
}

const COMMON = [
  '  --config.file FILE   settings in YAML (or VALTRONICS_CONFIG_FILE); the environment overrules it',
  '  --config.check       check the settings and the files that they name, start nothing',
];

function flagLines(flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).map(([flag, path]) => `  --${flag}`.padEnd(23) + `overrules ${path}`);
}

/** Sections of the settings that a gateway uses which runs alone, and single ones. */
const OF_GATEWAY =
  /^(gateway|otel)\.|^api\.(url|ca_file|requests_source)$|^traces\.buffer$|^log\.level$|^limits\.endpoints$|^token$/;

/** The text of the gateway's `--help`. */
export function gatewayHelpText(): string {
  return [
    'valtronics-gateway: measuring reverse proxy in front of the Valtronics API',
    '',
    'Usage: valtronics-gateway [--config.file FILE] [--config.check] [FLAG …] [--version] [--help]',
    '',
    ...COMMON,
    ...flagLines(GATEWAY_FLAGS),
    '',
    'Settings:',
    '',
    ...OPTIONS.filter(({ path }) => OF_GATEWAY.test(path)).map(describe),
    '',
  ].join('\n');
}

/** The text of `--help`. */
export function helpText(): string {
  return [
    'valtronics-exporter: Prometheus exporter for the Valtronics IoT platform',
    '',
    'Usage: valtronics-exporter [--config.file FILE] [--config.check | --logs.setup | --alerts.import FILE]',
    '                           [FLAG …] [--version] [--help]',
    '',
    ...COMMON,
    '  --alerts.import FILE take over what the alert store in FILE holds into VALTRONICS_STORE_URL, start nothing',
    '  --logs.setup         put index template, retention and ingest pipeline into the log store, start nothing',
    ...flagLines(FLAGS),
    '',
    'A source is collected when its setting is there. Settings:',
    '',
    ...OPTIONS.map(describe),
    '',
  ].join('\n');
}
