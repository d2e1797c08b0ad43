import { join } from 'node:path';
import { ROOT } from '../../../root.ts';
import type { ComposeService } from '../compose.ts';

/** What the services of one stack share: the front of their names, the network, and what the file's variables are set to. */
export interface StackNames {
  readonly prefix: string;
  readonly network: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The text with compose's variables replaced: `${NAME:-default}`, `${NAME-default}`, and `$$` for a dollar. */
export function interpolate(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$\$|\$\{(\w+)(?:(:?)-([^}]*))?\}/g,
    (_, name: string | undefined, colon: string | undefined, fallback: string | undefined) => {
      if (name === undefined) return '$';
      const value = environment[name];
      if (value === undefined || (value === '' && colon === ':')) return fallback ?? '';
      return value;
    },
  );
}

/** Where a mount comes from: a file of the repository, a folder of the machine, or a volume of the stack. */
function mount(volume: string, prefix: string): string {
  if (volume.startsWith('./')) return join(ROOT, volume.replace(/:.*/, '')) + volume.replace(/^[^:]*/, '');
  return volume.startsWith('/') ? volume : `${prefix}_${volume}`;
}

const each = (option: string, values: readonly string[] = []): string[] =>
  values.flatMap((value) => [option, value]);

/**
 * Arguments of `podman create` that make of the service what compose would make of it. Podman's own temporary folders
 * in a read-only container are off: Docker has none.
 */
export function serviceArgs(
  name: string,
  service: ComposeService,
  { prefix, network, environment }: StackNames,
): string[] {
  const [check, ...checked] = service.healthcheck?.test ?? [];
  const raw = [
    ...['--name', `${prefix}_${name}`, '--hostname', name, '--pull=never'],
    ...(service.network_mode === undefined
      ? ['--network', network, '--network-alias', name]
      : ['--network', service.network_mode]),
    ...(service.user === undefined ? [] : ['--user', service.user]),
    ...(service.read_only === true ? ['--read-only', '--read-only-tmpfs=false'] : []),
    ...(service.pid === undefined ? [] : ['--pid', service.pid]),
    ...(service.mem_limit === undefined ? [] : ['--memory', service.mem_limit]),
    ...each('--cap-drop', service.cap_drop),
    ...each(
      '--security-opt',
      service.security_opt?.map((option) => option.replace(/:true$/, '')),
    ),
    ...each('--tmpfs', service.tmpfs),
    ...each('--publish', service.ports),
    ...each(
      '--env',
      Object.entries(service.environment ?? {}).map((pair) => pair.join('=')),
    ),
    ...each(
      '--volume',
      service.volumes?.map((volume) => mount(volume, prefix)),
    ),
    ...(check === 'CMD' ? ['--health-cmd', JSON.stringify(checked)] : []),
    ...(service.healthcheck?.disable === true ? ['--no-healthcheck'] : []),
    ...(service.entrypoint === undefined ? [] : ['--entrypoint', JSON.stringify(service.entrypoint)]),
    `localhost/${service.image}`,
    ...(service.command ?? []),
  ];
  return raw.map((argument) => interpolate(argument, environment));
}
