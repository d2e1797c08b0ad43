import { describe, expect, it } from '@jest/globals';
import { createMessageTraffic } from './message-traffic.ts';
import { MINUTE, MINUTES } from './service-edge.ts';

/** The first minute of the tests, since the epoch. */
const FIRST = 29_000_000;
const AT = FIRST * MINUTE;

describe('messages', () => {
  it('are counted by minute, by where they go and by the type of who sent them', () => {
    const traffic = createMessageTraffic();
    for (const at of [AT, AT + 59_999, AT + MINUTE]) {
      traffic.received('subscribe', at);
      traffic.senderOf('sensor').sent(at === AT, at);
    }
    traffic.received('publish', AT);
    expect(traffic.all(FIRST, FIRST)).toBe(3);
    expect(traffic.all(FIRST, FIRST + 1)).toBe(4);
    expect(traffic.toDevices(FIRST, FIRST + 1)).toBe(1);
    expect(traffic.fromDevices(FIRST, FIRST)).toEqual(new Map([['sensor', { messages: 2, failed: 1 }]]));
    expect(traffic.fromDevices(FIRST + 1, FIRST + 1).get('sensor')).toEqual({ messages: 1, failed: 0 });
  });

  it('are forgotten when their place is used again', () => {
    const traffic = createMessageTraffic();
    traffic.received('subscribe', AT);
    traffic.received('subscribe', AT + MINUTES * MINUTE);
    expect(traffic.all(FIRST, FIRST + MINUTES)).toBe(1);
  });

  it('of more types than can be told apart are of an unknown one', () => {
    const traffic = createMessageTraffic();
    for (let type = 0; type < 130; type++) traffic.senderOf(`type ${type}`).sent(false, AT);
    const types = traffic.fromDevices(FIRST, FIRST);
    expect(types.size).toBe(101);
    expect(types.get('')).toEqual({ messages: 30, failed: 0 });
  });
});

describe('the time in which messages can arrive', () => {
  it('is that of the minutes asked for, without the pauses', () => {
    const traffic = createMessageTraffic();
    expect(traffic.isListening).toBe(false);
    traffic.listening(true, AT + 30_000);
    expect(traffic.seconds(FIRST, FIRST, AT + 40_000)).toBe(10);
    traffic.listening(false, AT + 90_000);
    traffic.listening(true, AT + 4 * MINUTE);
    expect(traffic.seconds(FIRST, FIRST + 9, AT + 5 * MINUTE)).toBe(120);
    expect(traffic.seconds(FIRST + 1, FIRST + 1, AT + 5 * MINUTE)).toBe(30);
  });

  it('is not less when it is told twice, and none when a clock steps back', () => {
    const traffic = createMessageTraffic();
    traffic.listening(true, AT);
    traffic.listening(true, AT + 5000);
    expect(traffic.seconds(FIRST, FIRST, AT + 10_000)).toBe(10);
    expect(traffic.seconds(FIRST, FIRST, AT + 1000)).toBe(10);
  });

  it('reaches back as far as the map, however long nobody asked', () => {
    const traffic = createMessageTraffic();
    traffic.listening(true, AT);
    const now = AT + 10 * MINUTES * MINUTE;
    expect(traffic.seconds(0, Math.floor(now / MINUTE), now)).toBe(MINUTES * 60);
  });
});
