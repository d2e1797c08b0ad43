import { describe, expect, it } from '@jest/globals';
import { sysTopics } from '../../test/support/captures.ts';
import { createBrokerCounters, publishSize } from './broker-counters.ts';
import { createLoadAverage } from './load-average.ts';
import { createSysTopics } from './sys-topics.ts';

describe('createSysTopics', () => {
  it('has exactly the topics that mosquitto published', () => {
    const topics = [
      ...createSysTopics(() => 1)
        .values(createBrokerCounters(), 1)
        .keys(),
    ];
    expect(topics.sort()).toEqual(sysTopics().sort());
  });

  it('spells values as mosquitto does', () => {
    const sys = createSysTopics(() => 58_328.4);
    const counters = {
      ...createBrokerCounters(),
      messagesReceived: 258,
      connected: 12,
      disconnected: 1,
      maximum: 13,
    };
    const values = sys.values(counters, 11.7);
    expect(values.get('$SYS/broker/uptime')).toBe('11 seconds');
    expect(values.get('$SYS/broker/version')).toBe('mosquitto version 2.0.11');
    expect(values.get('$SYS/broker/messages/received')).toBe('258');
    expect(values.get('$SYS/broker/clients/total')).toBe('13');
    expect(values.get('$SYS/broker/heap/current')).toBe('58328');
    expect(values.get('$SYS/broker/load/messages/received/1min')).toMatch(/^\d+\.\d\d$/);
  });

  it('remembers the largest heap', () => {
    let heap = 100;
    const sys = createSysTopics(() => heap);
    sys.values(createBrokerCounters(), 1);
    heap = 50;
    const values = sys.values(createBrokerCounters(), 2);
    expect(values.get('$SYS/broker/heap/current')).toBe('50');
    expect(values.get('$SYS/broker/heap/maximum')).toBe('100');
  });
});

describe('createLoadAverage', () => {
  it('comes to the rate per minute, the short average first', () => {
    const load = createLoadAverage();
    for (let second = 10; second <= 300; second += 10) load.update(second * 2, 10);
    expect(load.value(1)).toBeGreaterThan(118);
    expect(load.value(1)).toBeLessThanOrEqual(120);
    expect(load.value(1)).toBeGreaterThan(load.value(5));
    expect(load.value(5)).toBeGreaterThan(load.value(15));
  });
});

describe('publishSize', () => {
  it('counts header, length, topic, packet id and payload', () => {
    expect(publishSize(10, 20, 0)).toBe(1 + 1 + 2 + 10 + 20);
    expect(publishSize(10, 20, 1)).toBe(1 + 1 + 2 + 10 + 2 + 20);
    expect(publishSize(10, 300, 0)).toBe(1 + 2 + 2 + 10 + 300);
    expect(publishSize(10, 20_000, 0)).toBe(1 + 3 + 2 + 10 + 20_000);
    expect(publishSize(10, 3_000_000, 0)).toBe(1 + 4 + 2 + 10 + 3_000_000);
  });
});
