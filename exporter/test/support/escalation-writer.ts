import { writeSync } from 'node:fs';
import { createOutbox } from '../../src/alerts/delivery/outbox.ts';
import { createAlertStore } from '../../src/alerts/store/store.ts';
import { alertContent } from './alerts.ts';
import { openStoreAt, storePlaceOf } from './store-place.ts';

/**
 * Raises critical alerts and escalates them at once until it is killed: `escalation-writer.ts PREFIX FOLDER [URL]`. Prints
 * the fingerprint of each whose escalation is said to be on disk.
 */
const [, , prefix = '', ...place] = process.argv;
const database = openStoreAt(storePlaceOf(place));
const outbox = createOutbox({
  ...{ database, receivers: ['slack', 'pagerduty'], escalation: { to: ['slack', 'pagerduty'] } },
  coverage: () => Promise.resolve(() => false),
});
const store = createAlertStore({
  database,
  externalLabels: [],
  limits: { entries: 100_000, age: 1e12 },
  maxOpen: 1e6,
  onChange: outbox.enqueue,
});
const by = { kind: 'system', name: 'writer' } as const;
for (let count = 0; ; count += 1) {
  const firing = [alertContent({ name: `${prefix}-${count}`, severity: 'critical' })];
  await store.report({ source: 'api', firing, gone: [], comment: '', by, now: Date.now() });
  for (const { fingerprint } of await store.escalate({ after: 0, every: 0 }, () => false, Date.now()))
    writeSync(1, `${fingerprint}\n`);
}
