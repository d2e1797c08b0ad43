import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where packages put what belongs beside the binary. */
const PACKAGED = [
  '/usr/share/grafana',
  '/opt/homebrew/opt/grafana/share/grafana',
  '/usr/local/share/grafana',
];

/**
 * Grafana's home, the folder with `conf/defaults.ini` and `public/`: `GRAFANA_HOME`, else the folder that the
 * binary was unpacked into, else where packages put it. Throws when none of them is one.
 */
export function grafanaHome(
  binary: string,
  environment: Readonly<Record<string, string | undefined>>,
  packaged: readonly string[] = PACKAGED,
): string {
  const named = environment['GRAFANA_HOME'];
  const candidates = named ? [named] : [dirname(dirname(realpathSync(binary))), ...packaged];
  const home = candidates.find((folder) => existsSync(join(folder, 'conf', 'defaults.ini')));
  if (home !== undefined) return home;
  throw new Error(
    named
      ? `GRAFANA_HOME: ${named} has no conf/defaults.ini`
      : `Grafana's home was not found beside ${binary}: set GRAFANA_HOME to the folder that holds conf/defaults.ini`,
  );
}

/** The command's words for running a server: `grafana` has subcommands, `grafana-server` is one. */
export function serverArguments(binary: string, home: string): string[] {
  const subcommand = basename(binary).startsWith('grafana-server') ? [] : ['server'];
  return [...subcommand, `--homepath=${home}`];
}
