import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the plugin is built from, as seen from its folder. */
const SOURCES = ['src', '.config', 'package.json', 'webpack.config.ts', '../dashboards/generated'];

/** When the newest file below the path was changed (ms); 0 when there is none. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** True when the folder's `dist/` is missing, or older than what it is built from. */
export function isStale(plugin: string): boolean {
  const built = newest(join(plugin, 'dist', 'module.js'));
  return built === 0 || SOURCES.some((name) => newest(join(plugin, name)) > built);
}

/** Builds the plugin into its `dist/` by its own script; resolves false when that failed. */
export function buildPlugin(plugin: string, logFile: string, signal: AbortSignal): Promise<boolean> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', 'build'], { cwd: plugin, stdio: ['ignore', log, log], signal });
    closeSync(log);
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
