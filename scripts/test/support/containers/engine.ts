import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Requirement } from '../../../../exporter/test/support/programs.ts';
import { findExecutable } from '../../../../exporter/test/support/server.ts';

/** What runs containers here, with the names and addresses inside of their network. */
export const ENGINE: readonly Requirement[] = [
  { names: ['podman'], package: 'podman' },
  { names: ['buildah'], package: 'buildah' },
  { names: ['runc'], package: 'runc' },
  { names: ['netavark'], package: 'netavark', folders: ['/usr/lib/podman', '/usr/libexec/podman'] },
  { names: ['aardvark-dns'], package: 'aardvark-dns', folders: ['/usr/lib/podman', '/usr/libexec/podman'] },
  { names: ['iptables'], package: 'iptables' },
  { names: ['catatonit'], package: 'catatonit' },
];

/** Addresses that no other process takes. */
const SUBNET = `10.${128 + ((process.pid >> 8) & 127)}.${process.pid & 255}.0/24`;
/**
 * Name of the network, and of its bridge, that no other process takes. An engine with folders of its own knows nothing of
 * another's networks and would choose the same, and the containers of both would find each other. What addresses and names
 * are given away by network is written into one folder by all engines of the machine's root.
 */
const NETWORK = `vt${process.pid}`;

/** Podman 4.3 names the bridge by itself, so its file is corrected. */
function nameBridge(folder: string): void {
  const file = join(folder, 'networks', `${NETWORK}.json`);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/("network_interface":\s*)"[^"]*"/, `$1"${NETWORK}"`));
}

/** A container engine whose images, containers, volumes and networks are this test's alone. */
export interface Engine {
  readonly folder: string;
  /** Name of the network that nobody else's containers are in. */
  readonly network: string;
  /** Runs podman to its end and resolves to its output; rejects with both streams when it fails. */
  podman(...args: string[]): Promise<string>;
  /** What the container printed on both streams. */
  logs(container: string): Promise<string>;
  /** Makes the network. */
  createNetwork(): Promise<void>;
  /** Whether podman ends with 0. */
  succeeds(...args: string[]): Promise<boolean>;
  /** Ends the containers that the arguments of `podman rm` name, and removes them. */
  removeContainers(...args: string[]): Promise<void>;
  /** Ends all containers and removes everything. */
  remove(): Promise<void>;
}

/** Settings of the engine: nothing is shared with what else runs containers on this machine. */
function settings(folder: string): NodeJS.ProcessEnv {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  mkdirSync(join(folder, 'networks'), { recursive: true });
  return {
    ...process.env,
    CONTAINERS_CONF: file(
      'containers.conf',
      `[containers]
# Some machines forget what podman would ask for by itself.
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
# Locks in shared memory and the mark of a running engine would be those of every podman here.
lock_type = "file"
runtime = "runc"
tmp_dir = "${folder}/engine"
[network]
network_backend = "netavark"
network_config_dir = "${folder}/networks"
`,
    ),
    CONTAINERS_STORAGE_CONF: file(
      'storage.conf',
      `[storage]
driver = "overlay"
graphroot = "${folder}/images"
runroot = "${folder}/run"
[storage.options.overlay]
# Else the folder is mounted on itself, and stays so.
skip_mount_home = "true"
`,
    ),
    TMPDIR: folder,
  };
}

async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const status = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}

/** Starts nothing: a folder with settings, for podman to be called with. */
export function createEngine(): Engine {
  const folder = mkdtempSync(join(tmpdir(), 'valtronics-containers-'));
  const env = settings(folder);
  const podman = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await run('podman', args, env);
    if (status === 0) return stdout.trim();
    // What a build's step said is on standard output.
    const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n');
    throw new Error(`podman ${args[0] ?? ''} … ${args.at(-1) ?? ''} ended with ${status}\n${said}`);
  };
  const succeeds = (...args: string[]): Promise<boolean> =>
    podman(...args).then(
      () => true,
      () => false,
    );
  const logs = async (container: string): Promise<string> => {
    const { stdout, stderr } = await run('podman', ['logs', container], env);
    return `${stdout}\n${stderr}`.trim();
  };
  const createNetwork = async (): Promise<void> => {
    await podman('network', 'create', '--subnet', SUBNET, NETWORK);
    nameBridge(folder);
  };
  const removeContainers = async (...args: string[]): Promise<void> => {
    const rm = ['rm', '--force', ...args];
    // A container that ends by itself just then cannot be killed, and is gone the next time.
    await podman(...rm).catch(() => podman(...rm));
  };
  const remove = async (): Promise<void> => {
    await removeContainers('--all', '--time=1', '--volumes');
    await podman('network', 'prune', '--force');
    // What a container's end leaves behind may still be written for a moment.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  };
  return { folder, network: NETWORK, podman, logs, createNetwork, succeeds, removeContainers, remove };
}

/** The last line of what a program said before it failed. */
function reasonOf({ error, stderr }: SpawnSyncReturns<string>): string {
  return (error?.message ?? stderr).trim().split('\n').at(-1) ?? '';
}

/** Why no container can run here, or undefined: tried with the smallest one that there is. */
export function engineProblem(): string | undefined {
  if (process.getuid?.() !== 0) return 'containers with limits and networks need root';
  const init = findExecutable(['catatonit']);
  if (init === undefined) return 'catatonit is not installed (apt-get install catatonit)';
  const folder = mkdtempSync(join(tmpdir(), 'valtronics-containers-'));
  try {
    const env = settings(folder);
    const root = join(folder, 'root');
    for (const name of ['proc', 'dev', 'sys', 'etc']) mkdirSync(join(root, name), { recursive: true });
    copyFileSync(init, join(root, 'init'));
    const podman = (...args: string[]): SpawnSyncReturns<string> =>
      spawnSync('podman', args, { env, encoding: 'utf8', timeout: 60_000 });
    const made = podman('network', 'create', '--subnet', SUBNET, NETWORK);
    if (made.status !== 0) return `no network for containers here: ${reasonOf(made)}`;
    nameBridge(folder);
    const tried = podman(
      ...['run', '--rm', `--network=${NETWORK}`, '--memory=64m', '--read-only', '--cap-drop=all'],
      ...['--rootfs', root, '/init', '-V'],
    );
    podman('network', 'rm', '--force', NETWORK);
    return tried.status === 0 ? undefined : `no container runs here: ${reasonOf(tried)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
