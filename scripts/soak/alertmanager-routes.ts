import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { alertmanagerConfigFor } from '../start/alertmanager-config.ts';
import { copyProvisioning } from '../start/run-folder.ts';
import { WITNESS_ALERT } from './witness-alerts.ts';

const configuration = z.looseObject({
  route: z.looseObject({ routes: z.array(z.unknown()) }),
  receivers: z.array(z.unknown()),
});

/** Where the alerts of a soak go. */
export interface AlertRoutes {
  readonly exporterUrl: string;
  readonly tokenFile: string;
  readonly recorderUrl: string;
  /** Names of alerts of which the recorder hears besides the witnesses. */
  readonly recorded: readonly string[];
}

/**
 * Writes the repository's configuration of Alertmanager into the folder, with the recorder in front of its routes, and
 * returns its path.
 */
export function writeAlertmanagerConfig(folder: string, options: AlertRoutes): string {
  const { exporterUrl, tokenFile, recorderUrl, recorded } = options;
  const file = join(copyProvisioning('alertmanager', folder), 'alertmanager.yml');
  const placed = alertmanagerConfigFor(readFileSync(file, 'utf8'), {
    exporterUrl,
    tokenFile,
    secrets: folder,
    given: new Set(),
    watchdogUrl: undefined,
  });
  const { route, receivers, ...rest } = configuration.parse(parse(placed));
  const soon = { group_wait: '1s', group_interval: '5s', repeat_interval: '12h' };
  const routes = [
    { receiver: 'soak', matchers: [`alertname="${WITNESS_ALERT}"`], group_by: ['...'], ...soon },
    { receiver: 'soak', matchers: [`alertname=~"${recorded.join('|')}"`], continue: true, ...soon },
    ...route.routes,
  ];
  const recorder = { name: 'soak', webhook_configs: [{ url: recorderUrl, send_resolved: true }] };
  const whole = { ...rest, route: { ...route, routes }, receivers: [...receivers, recorder] };
  writeFileSync(file, stringify(whole, { lineWidth: 0 }));
  return file;
}
