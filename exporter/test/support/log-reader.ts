import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { loadSettings } from '../../src/config/load.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createLogs } from '../../src/logs/logs.ts';
import { LOG_ENTRIES } from '../../src/metrics/catalogue/logs.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { openStateStore } from '../../src/state/file-state-store.ts';

/** Reads the logs of a folder in a process of its own; a line of standard output for each 50 entries that were kept. */
const [folder = ''] = process.argv.slice(2);
const logger = silentLogger();
const { settings } = loadSettings({
  VALTRONICS_LOG_SOURCES: `app=${join(folder, 'logs', '*.log')}`,
  VALTRONICS_LOGS_BUFFER_ENTRIES: '100000',
});
const metrics = createMetrics({ defaultMetrics: false });
const logs = createLogs({
  ...{ settings, logger, metrics, clock: systemClock, stateFolder: join(folder, 'state') },
  state: openStateStore(join(folder, 'state'), logger),
});
logs.start();
let said = 0;
setInterval(() => {
  const kept = metrics.samples(LOG_ENTRIES).reduce((sum, { value }) => sum + value, 0);
  for (; said + 50 <= kept; said += 50) writeFileSync(1, `${kept}\n`);
}, 1);
