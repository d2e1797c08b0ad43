/** Takes what the reader finds in the stream. Buffers are only valid during the call. */
export interface PacketHandler {
  /**
   * A PUBLISH at QoS 0 or 1. `payload` is undefined when it is larger than the limit and was not kept;
   * `size` is its length in bytes either way. `properties` are those of MQTT 5, undefined when there are none. The
   * message is acknowledged when the whole chunk has been read. `repeated`: the broker says that it has sent it before.
   */
  publish(
    topic: string,
    payload: Buffer | undefined,
    size: number,
    retained: boolean,
    properties: Buffer | undefined,
    repeated: boolean,
  ): void;
  /**
   * The chunk has been read: when what has to be on disk before its messages are acknowledged is there; undefined when
   * nothing has to be. Never rejects.
   */
  handled(): Promise<unknown> | undefined;
  /** Any other packet, whole. */
  control(packet: Buffer): void;
  /** Message ids whose QoS 1 messages have been handled, as PUBACK packets in one buffer. */
  acknowledge(packets: Buffer): void;
}

export interface PacketReaderOptions {
  readonly protocolVersion: 4 | 5;
  /** Larger payloads are skipped without being kept, bytes. */
  readonly maxPayloadBytes: number;
  readonly handler: PacketHandler;
}

/** Reads the bytes of one connection in their order. Throws when they are no MQTT; the connection is useless then. */
export interface PacketReader {
  read(chunk: Buffer): void;
}

const PUBLISH = 3;
/** A packet other than PUBLISH that is longer comes from no broker. */
const MAX_CONTROL_BYTES = 262_144;
/** Room that topic, message id and properties may take in a PUBLISH whose payload is within the limit. */
const MAX_PUBLISH_OVERHEAD = 65_536 + 65_536;
const RETAIN = 1;
const DUPLICATE = 8;

/** A variable byte integer and the offset after it. */
interface VariableInteger {
  value: number;
  next: number;
}

/** Reads a variable byte integer into `into`; false when the buffer ends before it does. */
function readVariableInteger(buffer: Buffer, offset: number, into: VariableInteger): boolean {
  let value = 0;
  for (let shift = 0; shift < 4; shift += 1) {
    const index = offset + shift;
    if (index >= buffer.length) return false;
    const byte = buffer[index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * shift);
    if (byte < 0x80) {
      into.value = value;
      into.next = index + 1;
      return true;
    }
  }
  throw new Error('malformed length of a packet');
}

/**
 * Splits the stream of a broker into packets and hands PUBLISH packets over at once, with no object, event or
 * tick a message: this is the read path of a flood (docs/performance.md). Everything else is left to mqtt.js.
 */
export function createPacketReader(options: PacketReaderOptions): PacketReader {
  const { handler, maxPayloadBytes } = options;
  const hasProperties = options.protocolVersion === 5;
  const integer: VariableInteger = { value: 0, next: 0 };
  let rest: Buffer[] = [];
  let restLength = 0;
  /** Bytes until the packet that `rest` begins is whole, as far as known. */
  let needed = 0;
  let toSkip = 0;
  let skippedId = 0;
  let acknowledgements: number[] = [];
  /** Until the earlier ones are sent: they go in the order of their messages. */
  let unsent: Promise<unknown> | undefined;

  function keep(bytes: Buffer, wanted: number): void {
    // The chunk may be a buffer that the socket fills again: copy.
    rest.push(Buffer.from(bytes));
    restLength += bytes.length;
    needed = wanted;
  }

  function sendAfter(written: Promise<unknown> | undefined, packets: Buffer): void {
    if (written === undefined && unsent === undefined) {
      handler.acknowledge(packets);
      return;
    }
    const sent = Promise.all([written, unsent]).then(() => {
      handler.acknowledge(packets);
      if (unsent === sent) unsent = undefined;
    });
    unsent = sent;
  }

  function flushAcknowledgements(): void {
    const written = handler.handled();
    if (acknowledgements.length === 0) return;
    const packets = Buffer.allocUnsafe(acknowledgements.length * 4);
    let offset = 0;
    for (const id of acknowledgements) {
      packets.writeUInt16BE(0x4002, offset);
      packets.writeUInt16BE(id, offset + 2);
      offset += 4;
    }
    acknowledgements = [];
    sendAfter(written, packets);
  }

  /**
   * Handles the PUBLISH from `start` (its flags) whose body is `body` to `end`. False when the part that is
   * there does not reach the payload, which happens only for one that is to be skipped.
   */
  function publish(buffer: Buffer, start: number, body: number, end: number): boolean {
    const flags = buffer[start] ?? 0;
    const qos = (flags >> 1) & 3;
    if (body + 2 > end) throw new Error('malformed PUBLISH: it has no topic');
    if (body + 2 > buffer.length) return false;
    const topicEnd = body + 2 + buffer.readUInt16BE(body);
    let payload = topicEnd + (qos === 0 ? 0 : 2);
    if (payload > end) throw new Error('malformed PUBLISH: its topic is longer than the packet');
    if (payload > buffer.length) return false;
    const id = qos === 0 ? 0 : buffer.readUInt16BE(topicEnd);
    let properties: Buffer | undefined;
    if (hasProperties) {
      if (!readVariableInteger(buffer, payload, integer)) return false;
      payload = integer.next + integer.value;
      if (payload > end) throw new Error('malformed PUBLISH: its properties are longer than the packet');
      if (integer.value > 0) properties = buffer.subarray(integer.next, payload);
    }
    const topic = buffer.toString('utf8', body + 2, topicEnd);
    const retained = (flags & RETAIN) === 1;
    const size = end - payload;
    const isKept = size <= maxPayloadBytes && end <= buffer.length;
    const repeated = (flags & DUPLICATE) !== 0;
    const kept = isKept ? buffer.subarray(payload, end) : undefined;
    handler.publish(topic, kept, size, retained, properties, repeated);
    if (end <= buffer.length) {
      if (qos === 1) acknowledgements.push(id);
    } else {
      toSkip = end - buffer.length;
      skippedId = qos === 1 ? id : 0;
    }
    return true;
  }

  /** Handles the packet at `offset`; returns the offset after it, or -1 when the rest was kept or is being skipped. */
  function packet(buffer: Buffer, offset: number): number {
    const type = (buffer[offset] ?? 0) >> 4;
    if (!readVariableInteger(buffer, offset + 1, integer)) {
      keep(buffer.subarray(offset), buffer.length - offset + 1);
      return -1;
    }
    const body = integer.next;
    const length = integer.value;
    const end = body + length;
    const qos = ((buffer[offset] ?? 0) >> 1) & 3;
    if (type === PUBLISH && qos === 3) throw new Error('malformed PUBLISH: QoS 3');
    const isPublish = type === PUBLISH && qos !== 2;
    if (end > buffer.length) {
      const isHuge = isPublish && length > maxPayloadBytes + MAX_PUBLISH_OVERHEAD;
      if (!isPublish && length > Math.max(MAX_CONTROL_BYTES, maxPayloadBytes)) {
        throw new Error(`a packet of type ${type} claims ${length} bytes`);
      }
      if (isHuge && publish(buffer, offset, body, end)) return -1;
      keep(buffer.subarray(offset), isHuge ? buffer.length - offset + 1 : end - offset);
      return -1;
    }
    if (isPublish) {
      if (!publish(buffer, offset, body, end))
        throw new Error('malformed PUBLISH: its properties have no length');
    } else handler.control(Buffer.from(buffer.subarray(offset, end)));
    return end;
  }

  function skip(chunk: Buffer): Buffer {
    const skipped = Math.min(toSkip, chunk.length);
    toSkip -= skipped;
    if (toSkip === 0 && skippedId !== 0) {
      acknowledgements.push(skippedId);
      skippedId = 0;
    }
    return chunk.subarray(skipped);
  }

  function whole(chunk: Buffer): Buffer | undefined {
    if (restLength === 0) return chunk;
    if (restLength + chunk.length < needed) {
      keep(chunk, needed);
      return undefined;
    }
    const joined = Buffer.concat([...rest, chunk]);
    rest = [];
    restLength = 0;
    return joined;
  }

  return {
    read: (chunk) => {
      const buffer = whole(toSkip > 0 ? skip(chunk) : chunk);
      if (buffer !== undefined) {
        let offset = 0;
        while (offset !== -1 && offset < buffer.length) offset = packet(buffer, offset);
      }
      flushAcknowledgements();
    },
  };
}
