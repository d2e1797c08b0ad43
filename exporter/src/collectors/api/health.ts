import type { z } from 'zod';
import type { Logger } from '../../log/logger.ts';
import type { LabelledValue } from '../../metrics/metrics.ts';
import type { healthSchema } from './schemas.ts';

/** The platform's health document; it is answered with 200 whatever it says. */
export type Health = z.output<typeof healthSchema>;

/** Services that are shown; the platform has three. */
const SERVICES = 10;
const TEXT = 200;

function isHealthy(said: string): boolean {
  return said.trim().toLowerCase() === 'healthy';
}

/** The first line in a few words: the rest of a database error names hosts and ports. */
function shortened(said: string): string {
  return (said.split('\n')[0] ?? '').slice(0, TEXT).trim();
}

/** What the document says of each service in one sentence, for error messages. */
export function describeHealth(health: Health): string {
  return health.services.map(({ service, said }) => `${service} ${shortened(said)}`).join(', ');
}

/** Samples of `valtronics_api_healthy`. `disabled (local development)` is how Redis reads when it is down: 0. */
export function healthSamples(health: Health): LabelledValue<'service'>[] {
  return health.services
    .slice(0, SERVICES)
    .map(({ service, said }) => ({ labels: { service }, value: isHealthy(said) ? 1 : 0 }));
}

/** Logs what the document says of a service whenever that changes, healthy at the start excepted. */
export function createHealthLog(logger: Logger): (health: Health) => void {
  let before = new Map<string, string>();
  return (health) => {
    const now = new Map(
      health.services.slice(0, SERVICES).map(({ service, said }) => [service, shortened(said)]),
    );
    for (const [service, said] of now) {
      if ((before.get(service) ?? 'healthy') === said) continue;
      const fields = { service, said };
      if (isHealthy(said)) logger.info(fields, 'the platform calls the service healthy again');
      else logger.warn(fields, 'the platform does not call the service healthy');
    }
    before = now;
  };
}
