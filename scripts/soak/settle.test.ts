import { describe, expect, it } from '@jest/globals';
import type { Look } from './look.ts';
import { parseSamples } from './samples.ts';
import { unwellWords } from './settle.ts';

const NOW = 1_800_000_000_000;
const well = [
  'valtronics_collector_success{collector="api"} 1',
  'valtronics_mqtt_connected 1',
  'valtronics_alert_store_up 1',
  'valtronics_redis_up 1',
  'prometheus_up{job="valtronics-api"} 1',
  'prometheus_up{job="alertmanager"} 1',
  `valtronics_log_queue_oldest_timestamp_seconds ${NOW / 1000 - 3}`,
].join('\n');
const look = (text: string): Look => ({
  at: 0,
  answered: true,
  samples: parseSamples(text),
  firing: new Set(),
});

describe('unwellWords', () => {
  it('says nothing while all is well', () => {
    expect(unwellWords(look(well), true, 20, NOW)).toEqual([]);
  });

  it.each([
    [
      well.replace('{collector="api"} 1', '{collector="api"} 0'),
      'valtronics_collector_success{collector="api"} is 0',
    ],
    [well.replace('connected 1', 'connected 0'), 'valtronics_mqtt_connected is 0'],
    [well.replace('valtronics_redis_up 1', ''), 'valtronics_redis_up is absent'],
    [well.replace('job="alertmanager"} 1', 'job="alertmanager"} 0'), 'up of alertmanager is not 1'],
    [well.replace(String(NOW / 1000 - 3), String(NOW / 1000 - 90)), 'a log entry waits for 90 s'],
  ])('names what is not (%#)', (text, words) => {
    expect(unwellWords(look(text), true, 20, NOW)).toEqual([words]);
  });

  it('names what is not in the metrics, too', () => {
    expect(unwellWords({ ...look(''), answered: false }, true, 0, NOW)).toEqual([
      'the exporter does not answer',
    ]);
    expect(unwellWords(look(well), false, 2000, NOW)).toEqual([
      '/-/ready is not 200',
      '2000 messages wait for the broker',
    ]);
  });
});
