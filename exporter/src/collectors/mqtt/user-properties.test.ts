import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate, type IPublishPacket } from 'mqtt-packet';
import { createPacketReader } from './packet-reader.ts';
import { readUserProperties } from './user-properties.ts';

/** The properties of a message as they arrive. */
function arrived(properties: IPublishPacket['properties']): Buffer | undefined {
  let found: Buffer | undefined;
  const nothing = (): void => undefined;
  const reader = createPacketReader({
    protocolVersion: 5,
    maxPayloadBytes: 100,
    handler: {
      publish: (_topic, _payload, _size, _retained, given) => (found = given && Buffer.from(given)),
      handled: () => undefined,
      control: nothing,
      acknowledge: nothing,
    },
  });
  const packet = { cmd: 'publish', topic: 't', payload: '{}', qos: 0, dup: false, retain: false } as const;
  reader.read(
    generate({ ...packet, ...(properties === undefined ? {} : { properties }) }, { protocolVersion: 5 }),
  );
  return found;
}

describe('readUserProperties', () => {
  it('finds them among all the others that a message may have', () => {
    const properties = arrived({
      payloadFormatIndicator: true,
      messageExpiryInterval: 60,
      topicAlias: 3,
      responseTopic: 'answers',
      correlationData: Buffer.from([0x26, 0x26]),
      subscriptionIdentifier: 300,
      contentType: 'application/json',
      userProperties: { traceparent: '00-a', ä: 'ö', '': '', tracestate: ['x=1', 'y=2'] },
    });
    expect(readUserProperties(properties ?? Buffer.alloc(0))).toEqual({
      ...{ traceparent: '00-a', ä: 'ö', '': '' },
      tracestate: 'x=1',
    });
  });

  it('gets nothing of a message without any', () => {
    expect(arrived({})).toBeUndefined();
  });

  it('takes any bytes, and never more than they hold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const values = Object.values(readUserProperties(Buffer.from(bytes)));
        expect(values.join('').length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('ends at what is cut off', () => {
    const whole = arrived({ userProperties: { a: 'b', traceparent: '00-x' } }) ?? Buffer.alloc(0);
    expect(readUserProperties(whole.subarray(0, -1))).toEqual({ a: 'b' });
  });
});
