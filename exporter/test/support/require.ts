import { describe } from '@jest/globals';
import type { Requirement } from './programs.ts';
import { findExecutable } from './server.ts';

export type { Requirement };
export {
  OPENSSL,
  MOSQUITTO,
  REDIS,
  PROMETHEUS,
  PROMTOOL,
  ALERTMANAGER,
  AMTOOL,
  POSTGRES,
  VICTORIA_METRICS,
  GO,
  NODE_EXPORTER,
  POSTGRES_EXPORTER,
  REDIS_EXPORTER,
} from './programs.ts';

/**
 * `describe`, for a suite that needs programs. Without one of them the suite is skipped and the reason
 * stands in its name; with `CI=true` a missing Debian package fails the suite instead.
 */
export function describeWith(requirements: readonly Requirement[], name: string, body: () => void): void {
  const missing = requirements.filter((r) => findExecutable(r.names, r.folders) === undefined);
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const reason = missing
    .map(
      (r) => `${r.names.join(' or ')} is not installed${r.package ? ` (apt-get install ${r.package})` : ''}`,
    )
    .join(', ');
  const fails = process.env['CI'] === 'true' && missing.some((r) => r.package !== undefined);
  if (fails) throw new Error(`${name}: ${reason}`);
  describe.skip(`${name} [skipped: ${reason}]`, body);
}
