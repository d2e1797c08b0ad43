import { afterEach, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../../test/support/require.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../../../test/support/otlp-receiver.ts';
import { freePort } from '../../../test/support/server.ts';
import { type CollectorAddress, createCollectorClient } from './collector-client.ts';

const NO_SPANS = new Uint8Array();
const never = new AbortController().signal;
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function receive(options = {}): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver(options);
  ends.push(receiver.stop);
  return receiver;
}

function clientOf(url: string, options: Partial<CollectorAddress> = {}) {
  const client = createCollectorClient({
    ...{ url, headers: {}, caFile: undefined },
    settings: { address: 'otel.endpoint', authority: 'otel.ca_file' },
    ...options,
  });
  ends.push(client.close);
  return client;
}

describe('a request to the collector of traces', () => {
  it('is compressed protobuf with the headers of the settings, over one connection', async () => {
    const receiver = await receive();
    const client = clientOf(receiver.url, { headers: { 'x-tenant': 'a' } });
    for (let times = 0; times < 3; times++)
      expect(await client.send(NO_SPANS, never)).toMatchObject({ outcome: 'taken' });
    expect(receiver.requests).toHaveLength(3);
    expect(receiver.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/traces',
      headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip', 'x-tenant': 'a' },
    });
  });

  it('logs in as the user of the address, whose password no message holds', async () => {
    const receiver = await receive();
    receiver.reply = () => ({ status: 401 });
    const url = receiver.url.replace('://', '://user:hunter2@');
    const delivery = await clientOf(url).send(NO_SPANS, never);
    expect(receiver.requests[0]?.headers.authorization).toBe(`Basic ${btoa('user:hunter2')}`);
    expect(delivery.outcome).toBe('refused');
    expect(JSON.stringify(delivery)).not.toContain('hunter2');
  });

  describeWith([OPENSSL], 'over TLS', () => {
    it('trusts the authority that is named, and says so where it is missing', async () => {
      const certificate = await makeCertificate(2);
      ends.push(certificate.remove);
      const receiver = await receive({ tls: certificate });
      expect(
        await clientOf(receiver.url, { caFile: certificate.certPath }).send(NO_SPANS, never),
      ).toMatchObject({
        outcome: 'taken',
      });
      expect(await clientOf(receiver.url).send(NO_SPANS, never)).toMatchObject({
        outcome: 'later',
        answered: false,
        message: expect.stringContaining('name the PEM file of that authority in otel.ca_file'),
      });
    });
  });

  it('tells of an authority that cannot be read', async () => {
    const delivery = await clientOf('https://127.0.0.1:1/v1/traces', { caFile: '/nowhere/ca.pem' }).send(
      NO_SPANS,
      never,
    );
    expect(delivery).toMatchObject({ outcome: 'later', message: expect.stringContaining('/nowhere/ca.pem') });
  });

  it('is given up with its signal', async () => {
    const receiver = await receive();
    receiver.reply = () => 'never';
    const ending = new AbortController();
    const sent = clientOf(receiver.url).send(NO_SPANS, ending.signal);
    ending.abort();
    expect(await sent).toMatchObject({ outcome: 'later' });
  });

  it('reads a bounded part of the answer', async () => {
    const receiver = await receive();
    receiver.reply = () => ({ status: 200, body: Buffer.alloc(1_000_000) });
    const delivery = await clientOf(receiver.url).send(NO_SPANS, never);
    expect(delivery.outcome === 'taken' ? delivery.answer.byteLength : undefined).toBeLessThanOrEqual(65_536);
  });

  it('names the port of HTTP to who asks that of gRPC', async () => {
    const port = await freePort();
    const elsewhere = await clientOf(`http://127.0.0.1:${port}/v1/traces`).send(NO_SPANS, never);
    expect(elsewhere).toMatchObject({ outcome: 'later', message: expect.not.stringContaining('4318') });
    // Whether somebody listens there or not: a collector that does speaks no HTTP/1.1 on it.
    const grpc = await clientOf('http://127.0.0.1:4317/v1/traces').send(NO_SPANS, never);
    expect(grpc).toMatchObject({ outcome: 'later', message: expect.stringContaining('4318') });
  });
});
