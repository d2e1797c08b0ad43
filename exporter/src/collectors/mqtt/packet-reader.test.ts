import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { createPacketReader } from './packet-reader.ts';

interface Seen {
  readonly messages: [topic: string, payload: string | undefined, size: number, retained: boolean][];
  readonly control: Buffer[];
  readonly acknowledged: number[];
}

/** Feeds the bytes in pieces of the given lengths (the last one again and again) into one buffer that is used again. */
function readAll(bytes: Buffer, pieces: readonly number[], version: 4 | 5, maxPayloadBytes = 1000): Seen {
  const seen: Seen = { messages: [], control: [], acknowledged: [] };
  const reader = createPacketReader({
    protocolVersion: version,
    maxPayloadBytes,
    handler: {
      publish: (topic, payload, size, retained) =>
        seen.messages.push([topic, payload?.toString(), size, retained]),
      handled: () => undefined,
      control: (packet) => seen.control.push(packet),
      acknowledge: (packets) => {
        for (let at = 0; at < packets.length; at += 4) {
          expect(packets.readUInt16BE(at)).toBe(0x4002);
          seen.acknowledged.push(packets.readUInt16BE(at + 2));
        }
      },
    },
  });
  const shared = Buffer.alloc(bytes.length);
  let offset = 0;
  for (let n = 0; offset < bytes.length; n += 1) {
    const length = pieces[Math.min(n, pieces.length - 1)] ?? bytes.length;
    const piece = bytes.subarray(offset, offset + length);
    piece.copy(shared);
    reader.read(shared.subarray(0, piece.length));
    shared.fill(0xee, 0, piece.length);
    offset += length;
  }
  return seen;
}

function publish(
  topic: string,
  payload: string,
  qos: 0 | 1 | 2,
  messageId: number,
  version: 4 | 5,
  retain = false,
): Buffer {
  const packet: Packet = {
    cmd: 'publish',
    topic,
    payload,
    qos,
    retain,
    dup: false,
    ...(qos === 0 ? {} : { messageId }),
    ...(version === 5 ? { properties: { contentType: 'json', userProperties: { a: 'b'.repeat(200) } } } : {}),
  };
  return generate(packet, { protocolVersion: version });
}

const SUBACK = Buffer.from([0x90, 0x03, 0, 1, 1]);
const PINGRESP = Buffer.from([0xd0, 0]);

describe.each([4, 5] as const)('createPacketReader, protocol version %i', (version) => {
  const topicArbitrary = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !/[+#\0]/.test(text));
  const message = fc.record({
    topic: topicArbitrary,
    payload: fc.string({ maxLength: 400 }),
    qos: fc.constantFrom(0 as const, 1 as const),
    id: fc.integer({ min: 1, max: 65_535 }),
    retain: fc.boolean(),
  });

  it('finds every message however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
        (messages, pieces) => {
          const packets = messages.flatMap(({ topic, payload, qos, id, retain }) => [
            publish(topic, payload, qos, id, version, retain),
            PINGRESP,
          ]);
          const seen = readAll(Buffer.concat([SUBACK, ...packets]), pieces, version);
          expect(seen.messages).toEqual(
            messages.map(({ topic, payload, retain }) => [
              topic,
              payload,
              Buffer.byteLength(payload),
              retain,
            ]),
          );
          expect(seen.acknowledged).toEqual(messages.filter(({ qos }) => qos === 1).map(({ id }) => id));
          expect(seen.control).toEqual([SUBACK, ...messages.map(() => PINGRESP)]);
        },
      ),
    );
  });

  it.each([1, 7, 1000, 65_536, 10_000_000])(
    'skips what is too large without keeping it, in pieces of %i',
    (piece) => {
      const size = 400_000;
      const bytes = Buffer.concat([
        publish('big/1', 'x'.repeat(size), 1, 7, version),
        publish('small', 'y', 1, 8, version),
        publish('big/0', 'x'.repeat(1001), 0, 0, version),
        publish('limit', 'z'.repeat(1000), 0, 0, version),
        publish('big/2', 'x'.repeat(size), 0, 0, version),
        PINGRESP,
      ]);
      const seen = readAll(bytes, [piece], version);
      expect(seen.messages).toEqual([
        ['big/1', undefined, size, false],
        ['small', 'y', 1, false],
        ['big/0', undefined, 1001, false],
        ['limit', 'z'.repeat(1000), 1000, false],
        ['big/2', undefined, size, false],
      ]);
      expect(seen.acknowledged).toEqual([7, 8]);
      expect(seen.control).toEqual([PINGRESP]);
    },
  );

  it('acknowledges a message that is too large only after its last byte', () => {
    const bytes = publish('big', 'x'.repeat(400_000), 1, 9, version);
    expect(readAll(bytes.subarray(0, -1), [1000], version).acknowledged).toEqual([]);
    expect(readAll(bytes, [1000], version).acknowledged).toEqual([9]);
  });

  it('acknowledges in the order of the messages, though what the later ones need is on disk before', async () => {
    const acknowledged: number[] = [];
    const written = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const needs = [written[0]?.promise, written[1]?.promise, undefined];
    const reader = createPacketReader({
      ...{ protocolVersion: version, maxPayloadBytes: 1000 },
      handler: {
        publish: () => undefined,
        handled: () => needs.shift(),
        control: () => undefined,
        acknowledge: (packets) => acknowledged.push(packets.readUInt16BE(2)),
      },
    });
    for (const id of [1, 2, 3]) reader.read(publish('a', 'b', 1, id, version));
    written[1]?.resolve(undefined);
    await nextTurn();
    expect(acknowledged).toEqual([]);
    written[0]?.resolve(undefined);
    await nextTurn();
    reader.read(publish('a', 'b', 1, 4, version));
    expect(acknowledged).toEqual([1, 2, 3, 4]);
  });

  it('leaves QoS 2 to others', () => {
    const packet = publish('a', 'b', 2, 5, version);
    expect(readAll(packet, [3], version)).toEqual({ messages: [], control: [packet], acknowledged: [] });
  });

  it.each([
    ['a length of five bytes', [0x30, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['a topic longer than the packet', [0x30, 0x04, 0x00, 0x09, 0x61, 0x62]],
    ['no topic', [0x30, 0x01, 0x00, 0x30, 0x00]],
    ['no message id', [0x32, 0x04, 0x00, 0x02, 0x61, 0x62, 0x00, 0x00]],
    ['QoS 3', [0x36, 0x04, 0x00, 0x02, 0x61, 0x62]],
    ['a huge SUBACK', [0x90, 0xff, 0xff, 0xff, 0x7f]],
  ])('refuses %s', (_name, bytes) => {
    expect(() => readAll(Buffer.from(bytes), [bytes.length], version)).toThrow(/malformed|claims/);
  });

  it('never does worse than throw, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (bytes, piece) => {
        try {
          readAll(Buffer.from(bytes), [piece], version);
        } catch (error) {
          expect(String(error)).toMatch(/malformed|claims/);
        }
      }),
    );
  });
});

describe('properties of MQTT 5', () => {
  it.each([
    ['longer than the packet', [0x30, 0x05, 0x00, 0x01, 0x61, 0x09, 0x00]],
    ['without a length', [0x30, 0x03, 0x00, 0x01, 0x61]],
  ])('are refused when %s', (_name, bytes) => {
    expect(() => readAll(Buffer.from(bytes), [bytes.length], 5)).toThrow(/properties/);
  });
});
