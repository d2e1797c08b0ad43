import { describe } from '@jest/globals';
import { findExecutable } from './server.ts';

/** A program that tests need, with the Debian package that brings it. */
export interface Requirement {
  readonly names: readonly string[];
  /** Debian's package; without one the program is optional everywhere (Go, Grafana). */
  readonly package?: string;
  readonly folders?: readonly string[];
}

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

export const MOSQUITTO: Requirement = { names: ['mosquitto'], package: 'mosquitto' };
export const REDIS: Requirement = { names: ['redis-server'], package: 'redis-server' };
export const PROMETHEUS: Requirement = { names: ['prometheus'], package: 'prometheus' };
export const PROMTOOL: Requirement = { names: ['promtool'], package: 'prometheus' };
export const ALERTMANAGER: Requirement = {
  names: ['prometheus-alertmanager', 'alertmanager'],
  package: 'prometheus-alertmanager',
};
export const AMTOOL: Requirement = { names: ['amtool'], package: 'prometheus-alertmanager' };
export const POSTGRES: Requirement = {
  names: ['initdb'],
  package: 'postgresql',
  folders: [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`),
};
