import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ALERTMANAGER,
  MOSQUITTO,
  NODE_EXPORTER,
  POSTGRES,
  POSTGRES_EXPORTER,
  PROMETHEUS,
  REDIS,
  REDIS_EXPORTER,
  type Requirement,
} from '../../../../exporter/test/support/programs.ts';
import type { Engine } from './engine.ts';
import { emptyRoot, importRoot } from './rootfs.ts';

/** Debian's servers and clients, which stand in for the images that nobody can fetch here. */
export const SERVERS: readonly Requirement[] = [
  ...[MOSQUITTO, POSTGRES, PROMETHEUS, REDIS, ALERTMANAGER, NODE_EXPORTER, POSTGRES_EXPORTER, REDIS_EXPORTER],
  { names: ['mosquitto_sub'], package: 'mosquitto-clients' },
  { names: ['busybox'], package: 'busybox' },
];

/** Users as the images number them. */
const USERS = { postgres: 70, grafana: 472, redis: 999, mosquitto: 1883 };
/** Folders that the images bring, with their owners: a volume that is mounted there takes them over. */
const FOLDERS = {
  '/alertmanager': 65_534,
  '/etc/alertmanager': 65_534,
  '/etc/grafana/provisioning': 472,
  '/mosquitto/config': 1883,
  '/mosquitto/data': 1883,
  '/mosquitto/log': 1883,
  '/prometheus': 65_534,
  '/var/lib/grafana': 472,
  '/var/lib/postgresql/data': 70,
  '/var/run/postgresql': 70,
};

/** The beginning of an image's name, and what it runs. Its files are this machine's, mounted read-only. */
const ENTRYPOINTS: Readonly<Record<string, readonly string[]>> = {
  'postgres:': ['/standin/serve-postgres'],
  'redis:': [],
  'eclipse-mosquitto:': ['/usr/sbin/mosquitto', '-c', '/mosquitto/config/mosquitto.conf'],
  'prom/node-exporter:': ['/usr/bin/prometheus-node-exporter'],
  'prom/prometheus:': ['/usr/bin/prometheus'],
  'prom/alertmanager:': ['/usr/bin/prometheus-alertmanager'],
  'quay.io/prometheuscommunity/postgres-exporter:': ['/usr/bin/prometheus-postgres-exporter'],
  'oliver006/redis_exporter:': ['/usr/bin/prometheus-redis-exporter'],
  'grafana/grafana:': ['/run.sh'],
};

/** As the image's own entrypoint: makes a database in an empty volume, then serves it. */
const POSTGRES_SCRIPT = `#!/bin/sh
set -e
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  initdb -D "$data" -U "$POSTGRES_USER" --auth=scram-sha-256 --pwfile=/tmp/password --no-sync
  printf 'host all all all scram-sha-256\\n' >> "$data/pg_hba.conf"
  printf '%s' "CREATE DATABASE $POSTGRES_DB" | postgres --single -D "$data" postgres
fi
exec postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
`;
/** The image's own is built without the protected mode, which answers to loopback only. */
const REDIS_SCRIPT = `#!/bin/sh
exec /usr/bin/redis-server "$@" --protected-mode no
`;
/** Grafana's place: serves what it was given, for a test to read. The first process of a container hears what it asks for. */
const GRAFANA_SCRIPT = `#!/bin/sh
set -e
trap 'exit 0' INT TERM
mkdir -p /tmp/www/api && ls -R "$GF_PATHS_PROVISIONING" > /tmp/www/provisioning
printf '%s' "$VALTRONICS_TOKEN" > /tmp/www/token
touch /tmp/www/api/health /var/lib/grafana/started
busybox httpd -f -p 3000 -h /tmp/www &
wait
`;

/** Whether something stands in for the image here. */
export function isStandIn(image: string): boolean {
  return Object.keys(ENTRYPOINTS).some((prefix) => image.startsWith(prefix));
}

/** How a container of the image sees the programs, if it is a stand-in or built on one. */
export function mountsFor(image: string): string[] {
  return isStandIn(image) || image.startsWith('valtronics/grafana:') ? ['--volume', '/usr:/usr:ro'] : [];
}

/** Makes the image; throws when nobody stands in for it. */
export async function importStandIn(engine: Engine, image: string): Promise<void> {
  const entrypoint = Object.entries(ENTRYPOINTS).find(([prefix]) => image.startsWith(prefix))?.[1];
  if (entrypoint === undefined) throw new Error(`nobody stands in for ${image}`);
  const folder = join(engine.folder, 'stand-in', image.replaceAll(/[/:]/g, '+'));
  emptyRoot(folder, USERS);
  for (const [path, owner] of Object.entries(FOLDERS)) {
    mkdirSync(join(folder, path), { recursive: true });
    chownSync(join(folder, path), owner, owner);
  }
  // Its sockets lie in memory; what is mounted there has the rights of the folder.
  chmodSync(join(folder, 'var/run/postgresql'), 0o3777);
  const programs = join(folder, 'standin');
  mkdirSync(programs);
  // The images bring busybox for their health checks.
  symlinkSync('/usr/bin/busybox', join(programs, 'wget'));
  for (const [path, text] of [
    [join(programs, 'serve-postgres'), POSTGRES_SCRIPT],
    [join(programs, 'redis-server'), REDIS_SCRIPT],
    [join(folder, 'run.sh'), GRAFANA_SCRIPT],
  ] as const) {
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  }
  const path = ['/standin', '/usr/bin', '/usr/sbin', ...(POSTGRES.folders ?? [])].join(':');
  await importRoot(engine, folder, `localhost/${image}`, [
    `ENV PATH=${path}`,
    // As PostgreSQL's image says: it does not wait for its clients to go. The others take it likewise.
    'STOPSIGNAL SIGINT',
    ...(entrypoint.length === 0 ? [] : [`ENTRYPOINT ${JSON.stringify(entrypoint)}`]),
  ]);
}
