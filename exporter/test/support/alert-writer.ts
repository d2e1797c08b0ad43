import { writeSync } from 'node:fs';
import { createAlertStore } from '../../src/alerts/store/store.ts';
import { alertContent, decision } from './alerts.ts';
import { openStoreAt, storePlaceOf } from './store-place.ts';

/**
 * Raises and acknowledges alerts until it is killed: `alert-writer.ts PREFIX FOLDER [URL]`. Prints the fingerprint of
 * each once its acknowledgement is said to be on disk.
 */
const [, , prefix = '', ...place] = process.argv;
const store = createAlertStore({
  database: openStoreAt(storePlaceOf(place)),
  externalLabels: [],
  limits: { entries: 100_000, age: 1e12 },
  maxOpen: 1e6,
});
for (let count = 0; ; count += 1) {
  const contents = [
    alertContent({ name: `${prefix}-${count}` }),
    alertContent({ name: `${prefix}-${count}-b` }),
  ];
  const by = { kind: 'system', name: 'writer' } as const;
  const { alerts } = await store.report({
    source: 'api',
    firing: contents,
    gone: [],
    comment: '',
    by,
    now: Date.now(),
  });
  const fingerprint = alerts[0]?.fingerprint ?? '';
  await store.acknowledge(fingerprint, decision(Date.now(), `comment ${count}`));
  writeSync(1, `${fingerprint}\n`);
}
