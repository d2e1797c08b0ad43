import { waitFor } from '../../../../exporter/test/support/server.ts';
import { COMPOSE, type ComposeService } from '../compose.ts';
import type { Engine } from './engine.ts';
import { serviceArgs } from './service-args.ts';
import { mountsFor } from './stand-ins.ts';

/** Services of `docker-compose.yml` that run in an engine. */
export interface Stack {
  /** Every service, each after those that it waits for. */
  readonly services: readonly string[];
  /**
   * Creates what is not there, starts it, each as soon as those that it waits for let it, and resolves once each service
   * is healthy or has done its work. An image that is not there yet is waited for, where `image` says by what.
   */
  up(names?: readonly string[], image?: (name: string) => Promise<unknown> | undefined): Promise<void>;
  /** Stops the service as compose does; resolves to its exit status. */
  stop(service: string): Promise<number>;
  /** Starts a stopped service again and resolves once it is healthy. */
  start(service: string): Promise<void>;
  /** Stops and removes the containers, not the volumes. */
  down(names?: readonly string[]): Promise<void>;
  /** Name of the service's container. */
  container(service: string): string;
  /** What the engine knows of the container, by a Go template. */
  inspect(service: string, template: string): Promise<string>;
  /** What the service printed. */
  logs(service: string): Promise<string>;
}

function serviceOf(name: string): ComposeService {
  const service = COMPOSE.services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

/** The services without a profile and those of the profiles, each after those that it waits for. */
export function servicesOf(profiles: readonly string[]): string[] {
  const wanted = Object.keys(COMPOSE.services).filter((name) => {
    const own = COMPOSE.services[name]?.profiles;
    return own === undefined || own.some((profile) => profiles.includes(profile));
  });
  const ordered = new Set<string>();
  const add = (name: string): void => {
    if (!wanted.includes(name) || ordered.has(name)) return;
    Object.keys(serviceOf(name).depends_on ?? {}).forEach(add);
    ordered.add(name);
  };
  wanted.forEach(add);
  return [...ordered];
}

/** A stack of the profiles' services; `environment` is what stands in `.env`. */
export function createStack(
  engine: Engine,
  profiles: readonly string[],
  environment: Readonly<Record<string, string>>,
): Stack {
  const prefix = 'valtronics';
  const services = servicesOf(profiles);
  const container = (service: string): string => `${prefix}_${service}`;
  const logs = (service: string): Promise<string> => engine.logs(container(service));
  const inspect = (service: string, template: string): Promise<string> =>
    engine.podman('inspect', '--format', template, container(service));
  const runsOnce = (service: string): boolean => serviceOf(service).healthcheck?.disable === true;
  const isHealthy = async (service: string): Promise<boolean> => {
    if (await engine.succeeds('healthcheck', 'run', container(service))) return true;
    if ((await inspect(service, '{{.State.Running}}')) === 'true') return false;
    throw new Error(`${service} ended:\n${await logs(service)}`);
  };
  const start = async (service: string): Promise<void> => {
    if (runsOnce(service)) {
      await engine.podman('start', '--attach', container(service));
      return;
    }
    await engine.podman('start', container(service));
    await waitFor(`${service} is healthy`, () => isHealthy(service), undefined, 500).catch(
      async (error: unknown) => {
        throw new Error(`${String(error)}\n${await logs(service)}`);
      },
    );
  };
  const create = async (service: string): Promise<void> => {
    const names = { prefix, network: engine.network, environment };
    await engine.podman(
      'create',
      ...mountsFor(serviceOf(service).image),
      ...serviceArgs(service, serviceOf(service), names),
    );
  };
  /** Before the containers that share them, which would make one twice. */
  const createVolumes = async (names: readonly string[]): Promise<void> => {
    const wanted = names
      .flatMap((name) => serviceOf(name).volumes ?? [])
      .map((volume) => volume.split(':')[0] ?? '');
    for (const volume of new Set(wanted.filter((name) => /^\w/.test(name)))) {
      const name = `${prefix}_${volume}`;
      if (!(await engine.succeeds('volume', 'exists', name))) await engine.podman('volume', 'create', name);
    }
  };
  const up: Stack['up'] = async (names = services, image = () => undefined) => {
    if (!(await engine.succeeds('network', 'exists', engine.network))) await engine.createNetwork();
    await createVolumes(names);
    const begun = new Map<string, Promise<void>>();
    const begin = (service: string): Promise<void> => {
      const known = begun.get(service);
      if (known !== undefined) return known;
      const first = Object.keys(serviceOf(service).depends_on ?? {}).filter((name) => names.includes(name));
      const own = (async () => {
        await Promise.all([image(serviceOf(service).image), ...first.map(begin)]);
        if (!(await engine.succeeds('container', 'exists', container(service)))) await create(service);
        await start(service);
      })();
      begun.set(service, own);
      return own;
    };
    await Promise.all(names.map(begin));
  };
  const stop = async (service: string): Promise<number> => {
    await engine.podman('stop', '--time', '60', container(service));
    return Number(await inspect(service, '{{.State.ExitCode}}'));
  };
  const down = async (names: readonly string[] = services): Promise<void> => {
    await engine.removeContainers('--time=60', '--ignore', ...names.map(container));
  };
  return { services, up, stop, start, down, container, inspect, logs };
}
