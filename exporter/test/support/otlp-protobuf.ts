/**
 * Reads OTLP's protobuf by the numbers of opentelemetry-proto's trace.proto, without any library of ours or of
 * OpenTelemetry's: what a collector would read is what a test reads.
 */

/** A field's contents: a number (varint, fixed64 or fixed32) or bytes. */
type Field = bigint | Buffer;

type Message = ReadonlyMap<number, readonly Field[]>;

function readVarint(bytes: Buffer, start: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let [index, shift] = [start, 0n]; index < bytes.length; index++, shift += 7n) {
    const byte = bytes.readUInt8(index);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, end: index + 1 };
  }
  throw new Error('a number is cut off');
}

function readField(
  bytes: Buffer,
  type: number,
  start: number,
): { readonly field: Field; readonly end: number } {
  if (type === 0) {
    const { value, end } = readVarint(bytes, start);
    return { field: value, end };
  }
  if (type === 1) return { field: bytes.readBigUInt64LE(start), end: start + 8 };
  if (type === 5) return { field: BigInt(bytes.readUInt32LE(start)), end: start + 4 };
  if (type !== 2) throw new Error(`there is no type ${type} in this version of protobuf`);
  const { value, end } = readVarint(bytes, start);
  const last = end + Number(value);
  if (last > bytes.length) throw new Error('a field is cut off');
  return { field: bytes.subarray(end, last), end: last };
}

function readMessage(bytes: Buffer): Message {
  const fields = new Map<number, Field[]>();
  for (let index = 0; index < bytes.length;) {
    const { value: tag, end } = readVarint(bytes, index);
    const read = readField(bytes, Number(tag & 7n), end);
    const number = Number(tag >> 3n);
    fields.set(number, [...(fields.get(number) ?? []), read.field]);
    index = read.end;
  }
  return fields;
}

function numberOf(message: Message, field: number): bigint {
  const value = message.get(field)?.at(-1) ?? 0n;
  if (typeof value !== 'bigint') throw new Error(`field ${field} is no number`);
  return value;
}

function bytesOf(message: Message, field: number): Buffer {
  const value = message.get(field)?.at(-1) ?? Buffer.alloc(0);
  if (typeof value === 'bigint') throw new Error(`field ${field} is a number`);
  return value;
}

const textOf = (message: Message, field: number): string => bytesOf(message, field).toString('utf8');
const hexOf = (message: Message, field: number): string => bytesOf(message, field).toString('hex');

function messagesOf(message: Message, field: number): Message[] {
  return (message.get(field) ?? []).map((value) => {
    if (typeof value === 'bigint') throw new Error(`field ${field} is a number`);
    return readMessage(value);
  });
}

/** The value of an attribute. */
export type OtlpValue = string | number | boolean | OtlpValue[];

function valueOf(value: Message): OtlpValue {
  if (value.has(1)) return textOf(value, 1);
  if (value.has(2)) return numberOf(value, 2) !== 0n;
  if (value.has(3)) return Number(BigInt.asIntN(64, numberOf(value, 3)));
  if (value.has(4)) {
    const bits = Buffer.alloc(8);
    bits.writeBigUInt64LE(numberOf(value, 4));
    return bits.readDoubleLE();
  }
  const [list = new Map<number, Field[]>()] = messagesOf(value, 5);
  return messagesOf(list, 1).map(valueOf);
}

function attributesOf(message: Message, field: number): Record<string, OtlpValue> {
  return Object.fromEntries(
    messagesOf(message, field).map((pair) => [
      textOf(pair, 1),
      valueOf(messagesOf(pair, 2)[0] ?? new Map<number, Field[]>()),
    ]),
  );
}

/** A span as it came over the wire. */
export interface OtlpSpan {
  readonly resource: Readonly<Record<string, OtlpValue>>;
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Nanoseconds since the epoch. */
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, OtlpValue>>;
  readonly events: readonly { readonly name: string; readonly time: bigint; readonly attributes: object }[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 0 unset, 1 ok, 2 error. */
  readonly status: { readonly code: number; readonly message: string };
}

function spanOf(span: Message, resource: OtlpSpan['resource'], scope: string): OtlpSpan {
  const [status = new Map<number, Field[]>()] = messagesOf(span, 15);
  return {
    ...{ resource, scope },
    traceId: hexOf(span, 1),
    spanId: hexOf(span, 2),
    traceState: textOf(span, 3),
    parentSpanId: hexOf(span, 4),
    name: textOf(span, 5),
    kind: Number(numberOf(span, 6)),
    start: numberOf(span, 7),
    end: numberOf(span, 8),
    attributes: attributesOf(span, 9),
    events: messagesOf(span, 11).map((event) => ({
      time: numberOf(event, 1),
      name: textOf(event, 2),
      attributes: attributesOf(event, 3),
    })),
    links: messagesOf(span, 13).map((link) => ({ traceId: hexOf(link, 1), spanId: hexOf(link, 2) })),
    status: { code: Number(numberOf(status, 3)), message: textOf(status, 2) },
  };
}

/** The spans of an ExportTraceServiceRequest. Throws Error for what is none. */
export function decodeTraceRequest(bytes: Buffer): OtlpSpan[] {
  return messagesOf(readMessage(bytes), 1).flatMap((ofResource) => {
    const [resource = new Map<number, Field[]>()] = messagesOf(ofResource, 1);
    const attributes = attributesOf(resource, 1);
    return messagesOf(ofResource, 2).flatMap((ofScope) => {
      const [scope = new Map<number, Field[]>()] = messagesOf(ofScope, 1);
      return messagesOf(ofScope, 2).map((span) => spanOf(span, attributes, textOf(scope, 1)));
    });
  });
}

/** An ExportTraceServiceResponse that says how many spans were refused, and why; of fewer than 128 and in a short text. */
export function encodePartialSuccess(rejected: number, message: string): Buffer {
  const text = Buffer.from(message);
  const inner = Buffer.concat([Buffer.from([0x08, rejected, 0x12, text.length]), text]);
  return Buffer.concat([Buffer.from([0x0a, inner.length]), inner]);
}
