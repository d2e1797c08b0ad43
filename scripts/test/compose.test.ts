import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describeWith } from '../../exporter/test/support/require.ts';
import { OPTIONS } from '../../exporter/src/config/options.ts';
import { readSettings } from '../../simulator/src/config/settings.ts';
import { portsFrom } from '../start/ports.ts';
import { ROOT } from '../start/run-folder.ts';
import { COMPOSE, COMPOSE_TEXT, type ComposeService, variablesIn } from './support/compose.ts';

const services = Object.entries(COMPOSE.services).map(([name, service]) => ({ name, ...service }));
const defaults = portsFrom({});
/** Services that do one thing and end. */
const ONCE = ['token', 'alertmanager-config', 'grafana-alerting', 'log-store-setup'];
/** Services whose user has to be root, with all its capabilities dropped. */
const ROOT_USER = ['cadvisor'];
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** Folders that the images of others declare as volumes. */
const OTHERS_VOLUMES: Readonly<Record<string, readonly string[]>> = {
  'eclipse-mosquitto': ['/mosquitto/data', '/mosquitto/log'],
  'jaegertracing/jaeger': ['/tmp'],
  'prom/alertmanager': ['/alertmanager'],
  'prom/prometheus': ['/prometheus'],
  postgres: ['/var/lib/postgresql/data'],
  redis: ['/data'],
};
const dockerfileOf = (service: ComposeService): string =>
  service.build === undefined ? '' : text(service.build.dockerfile);

describe('docker-compose.yml', () => {
  it('runs the core, with the simulated platform, log store and Jaeger on demand', () => {
    expect(Object.keys(COMPOSE.services).sort()).toEqual(
      expect.arrayContaining([
        'alertmanager',
        'exporter',
        'grafana',
        'mosquitto',
        'node-exporter',
        'postgres',
        'postgres-exporter',
        'prometheus',
        'redis',
        'redis-exporter',
        'simulator',
      ]),
    );
    const onDemand = services.flatMap(({ name, profiles = [] }) =>
      profiles.map((profile) => [profile, name]),
    );
    expect(onDemand).toEqual([
      ['gateway', 'gateway'],
      ['simulator', 'gateway'],
      ['simulator', 'simulator'],
      ['grafana-alerting', 'grafana-alerting'],
      ['containers', 'cadvisor'],
      ['logs', 'elasticsearch'],
      ['traces', 'elasticsearch'],
      ...['log-store-setup', 'logstash', 'filebeat'].map((name) => ['logs', name]),
      ...['jaeger', 'jaeger-cleaner'].map((name) => ['traces', name]),
    ]);
  });

  it('publishes on loopback only, under the variables and numbers of npm start', () => {
    const published = services.flatMap(({ name, ports }) => (ports ?? []).map((port) => `${name} ${port}`));
    expect(published.sort()).toEqual(
      [
        `exporter 127.0.0.1:\${EXPORTER_PORT:-${defaults.exporter}}:8001`,
        `gateway 127.0.0.1:\${GATEWAY_PORT:-${defaults.gateway}}:8002`,
        `gateway 127.0.0.1:\${GATEWAY_ADMIN_PORT:-${defaults.gatewayAdmin}}:8003`,
        `simulator 127.0.0.1:\${SIMULATOR_API_PORT:-${defaults.simulatorApi}}:8000`,
        `mosquitto 127.0.0.1:\${SIMULATOR_MQTT_PORT:-${defaults.simulatorMqtt}}:1883`,
        `node-exporter 127.0.0.1:\${NODE_EXPORTER_PORT:-${defaults.nodeExporter}}:9100`,
        `alertmanager 127.0.0.1:\${ALERTMANAGER_PORT:-${defaults.alertmanager}}:9093`,
        `prometheus 127.0.0.1:\${PROMETHEUS_PORT:-${defaults.prometheus}}:9090`,
        `jaeger 127.0.0.1:\${JAEGER_PORT:-${defaults.jaeger}}:16686`,
        `jaeger 127.0.0.1:\${OTLP_PORT:-${defaults.otlp}}:4318`,
        `grafana 127.0.0.1:\${GRAFANA_PORT:-${defaults.grafana}}:3000`,
      ].sort(),
    );
  });

  it('names only variables that the installation page explains', () => {
    const page = text('docs/installation.md');
    expect(variablesIn(COMPOSE_TEXT).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('has every variable in .env.example, with the default that it has here', () => {
    const example = Object.fromEntries(
      [...text('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const written = [...COMPOSE_TEXT.matchAll(/(?<!\$)\$\{([A-Z_]+):?-([^}]*)\}/g)];
    const differs = written.filter(([, name = '', value]) => example[name] !== value);
    expect(differs.map(([whole]) => whole)).toEqual([]);
    expect(Object.keys(example).sort()).toEqual(variablesIn(COMPOSE_TEXT));
  });

  it('gives exporter and gateway only settings that they have', () => {
    const known = OPTIONS.flatMap(({ env, secret }) => (secret ? [env, `${env}_FILE`] : [env]));
    const given = (name: string): string[] => Object.keys(COMPOSE.services[name]?.environment ?? {});
    for (const name of ['exporter', 'gateway'])
      expect(given(name).filter((setting) => !known.includes(setting))).toEqual([]);
    expect(given('exporter')).toContain('VALTRONICS_TOKEN_FILE');
  });

  it('has exporter and gateway agree on who counts the requests', () => {
    const [exporter, gateway] = ['exporter', 'gateway'].map(
      (name) => COMPOSE.services[name]?.environment?.['VALTRONICS_API_REQUESTS_SOURCE'],
    );
    expect(gateway).toBe('${VALTRONICS_API_REQUESTS_SOURCE-access_log}');
    expect(exporter).toBe(gateway);
  });

  it('runs the gateway from a file that the image has', () => {
    const { command } = COMPOSE.services['gateway'] ?? {};
    expect(command).toEqual(['node', 'exporter/dist/gateway-main.js']);
    const [, file = ''] = command ?? [];
    expect(existsSync(join(ROOT, file.replace('/dist/', '/src/').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('gives the simulator only settings that it has, with values that it takes', () => {
    const settings = readSettings(COMPOSE.services['simulator']?.environment ?? {});
    expect(settings).toMatchObject({ host: '0.0.0.0', dataDir: '/var/lib/simulator' });
    const page = text('simulator/README.md');
    for (const name of Object.keys(COMPOSE.services['simulator']?.environment ?? {})) {
      expect(page).toContain(`\`${name}\``);
    }
  });

  it('gives Grafana every variable that its provisioning files take', () => {
    const files = ['datasources', 'dashboards', 'plugins'].map(
      (name) => `provisioning/${name}/valtronics.yml`,
    );
    const wanted = files.flatMap((file) =>
      [...text(file).matchAll(/: \$([A-Z]\w+)/g)].map(([, name]) => name),
    );
    const { environment = {}, entrypoint = [] } = COMPOSE.services['grafana'] ?? {};
    const given = [
      ...Object.keys(environment),
      ...(entrypoint.join().includes('VALTRONICS_TOKEN=$$(cat') ? ['VALTRONICS_TOKEN'] : []),
    ];
    expect(wanted.length).toBeGreaterThan(4);
    expect(wanted.filter((name) => name === undefined || !given.includes(name))).toEqual([]);
  });

  it('lets Prometheus scrape what runs here, and nothing that does not', () => {
    const folder = join(ROOT, 'provisioning', 'prometheus', 'targets');
    const hosts = readdirSync(folder).flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/'([\w-]+):(\d+)'/g)].map(
        ([, host = '']) => host,
      ),
    );
    expect(hosts).toEqual(expect.arrayContaining(['alertmanager', 'exporter', 'postgres-exporter']));
    expect(hosts.filter((host) => host !== 'localhost' && !(host in COMPOSE.services))).toEqual([]);
  });

  it('opens Grafana on a dashboard that it has', () => {
    const home =
      COMPOSE.services['grafana']?.environment?.['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'] ?? '';
    const folder = COMPOSE.services['grafana']?.environment?.['VALTRONICS_DASHBOARDS_DIR'] ?? '?';
    expect(home.startsWith(`${folder}/`)).toBe(true);
    expect(existsSync(join(ROOT, 'dashboards', 'generated', basename(home)))).toBe(true);
  });

  it('mounts Grafana’s provisioning where the image looks for it', () => {
    const volumes = COMPOSE.services['grafana']?.volumes ?? [];
    for (const name of ['datasources', 'dashboards', 'plugins']) {
      expect(volumes).toContain(`./provisioning/${name}:/etc/grafana/provisioning/${name}:ro`);
    }
    expect(volumes).toContain(
      `./dashboards/generated:${COMPOSE.services['grafana']?.environment?.['VALTRONICS_DASHBOARDS_DIR']}:ro`,
    );
  });
});

describe.each(services)(
  'service $name',
  ({ image, build, user, read_only, healthcheck, volumes, depends_on, ...rest }) => {
    const dockerfile = dockerfileOf({ image, build });

    it('has a pinned image', () => {
      expect(image).toMatch(/:v?\d+\.\d+/);
    });

    it('runs as somebody else than root, on a root file system that it cannot write', () => {
      const last = dockerfile.split('\n').findLast((line) => line.startsWith('USER '));
      const isRoot = /^(?:root|0)(?::|$)/.test(user ?? last?.slice('USER '.length) ?? 'root');
      expect(isRoot).toBe(ROOT_USER.includes(rest.name));
      expect(read_only).toBe(true);
    });

    it('has no capability, gets none, and a limit of memory', () => {
      expect(rest.cap_drop).toEqual(['ALL']);
      expect(rest.security_opt).toEqual(['no-new-privileges:true']);
      expect(rest.mem_limit).toMatch(/\d[mg]\}?$/);
    });

    it('says whether it is healthy, unless it runs once', () => {
      const once = healthcheck?.disable === true;
      expect(
        once ? ONCE.includes(rest.name) : (healthcheck?.test ?? dockerfile.includes('HEALTHCHECK')),
      ).toBeTruthy();
    });

    it('mounts what exists', () => {
      for (const volume of volumes ?? []) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./')) expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
        else if (!source.startsWith('/')) expect(Object.keys(COMPOSE.volumes)).toContain(source);
      }
    });

    it('names each volume of its image, or has it in memory: one without a name is left at every down', () => {
      const name = image.replace(/:[^:]*$/, '');
      const own = [...dockerfile.matchAll(/^VOLUME (\S+)$/gm)].map(([, path = '']) => path);
      const covered = [...(rest.tmpfs ?? []), ...(volumes ?? []).map((volume) => volume.split(':')[1] ?? '')];
      const declared = [...own, ...(OTHERS_VOLUMES[name] ?? [])];
      expect(declared.filter((path) => !covered.includes(path))).toEqual([]);
    });

    it('checks its health by arguments without spaces, which podman’s Docker API would cut', () => {
      expect((healthcheck?.test ?? []).filter((argument) => argument.includes(' '))).toEqual([]);
    });

    it('waits for services that exist', () => {
      for (const name of Object.keys(depends_on ?? {})) expect(Object.keys(COMPOSE.services)).toContain(name);
    });
  },
);

describe.each(services.filter(({ build }) => build !== undefined))('image of $name', (service) => {
  const dockerfile = dockerfileOf(service);
  const ignored = text('.dockerignore');

  it('copies what exists and is not ignored', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
      sources.split(' '),
    );
    expect(copied.length).toBeGreaterThan(4);
    for (const source of copied) {
      expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
      const top = source.split('/')[0] ?? '';
      expect(ignored).toMatch(new RegExp(`^!(?:${source}|${top})$`, 'm'));
    }
  });

  it('brings the package file of every workspace, which npm ci asks for', () => {
    for (const name of ['dashboards', 'exporter', 'plugin', 'promql', 'simulator']) {
      expect(dockerfile).toContain(`COPY ${name}/package.json ${name}/`);
    }
  });

  it('is built on pinned images', () => {
    for (const [, from = ''] of dockerfile.matchAll(/^FROM (\S+)/gm)) expect(from).toMatch(/:\d+/);
  });
});

describeWith([{ names: ['docker-compose'], package: 'docker-compose' }], 'docker-compose', () => {
  const profiles = [...new Set(services.flatMap(({ profiles: own = [] }) => own))];
  /** Where the plugins of Docker are, and no variable of the file. */
  const env = Object.fromEntries(
    ['PATH', 'HOME', 'DOCKER_CONFIG'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const isV2 = spawnSync('docker', ['compose', 'version'], { env }).status === 0;
  /** Debian's is of the first series: all that it does not know is that a service may be missing. */
  const withoutRequired = COMPOSE_TEXT.replaceAll(/^ +required: false\n/gm, '');

  it.each([
    [[]],
    ...profiles.map((profile) => [['--profile', profile]]),
    [profiles.flatMap((name) => ['--profile', name])],
  ])('accepts the file with %j', (profile) => {
    const [command, ...args] = isV2 ? ['docker', 'compose'] : ['docker-compose'];
    const { status, stderr } = spawnSync(
      command,
      [...args, '--project-directory', ROOT, '-f', '-', ...profile, 'config', '-q'],
      {
        cwd: ROOT,
        env,
        encoding: 'utf8',
        input: isV2 ? COMPOSE_TEXT : withoutRequired,
      },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
