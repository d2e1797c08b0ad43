import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startMosquitto } from '../support/mosquitto.ts';
import { recordingTracer, type RecordingTracer } from '../support/recording-tracer.ts';
import { describeWith, MOSQUITTO } from '../support/require.ts';
import { waitFor, type RunningServer } from '../support/server.ts';
import { connectDevice, watchMqtt } from '../support/watched-mqtt.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describeWith([MOSQUITTO], 'the context of messages through mosquitto', () => {
  let server: RunningServer;
  let url: string;
  beforeAll(async () => {
    server = await startMosquitto();
    url = `mqtt://127.0.0.1:${server.port}`;
  });
  afterAll(() => server.stop());

  async function heard(work: (tracer: RecordingTracer) => Promise<void>): Promise<RecordingTracer> {
    const tracer = recordingTracer();
    const watched = await watchMqtt({ url, tracer });
    try {
      await watched.collect();
      await work(tracer);
      await waitFor('the message', () => watched.fleet.points.length > 0);
    } finally {
      await watched.stop();
    }
    expect(watched.fleet.points.map(({ metric }) => metric)).toEqual(['temperature']);
    return tracer;
  }

  it('is read from the user properties of MQTT 5', async () => {
    const tracer = await heard(async () => {
      const device = await connectDevice(url, { protocolVersion: 5 });
      await device.publishAsync('valtronics/VT-1/telemetry', '{"temperature":21.5}', {
        qos: 1,
        properties: { userProperties: { traceparent: TRACEPARENT, tracestate: 'vendor=1' } },
      });
      await device.endAsync();
    });
    expect(tracer.spans.filter(({ context }) => context.traceId === TRACE)).toMatchObject([
      {
        parent: '00f067aa0ba902b7',
        options: { parent: { traceState: 'vendor=1' } },
        attributes: { 'valtronics.device.id': 'VT-1' },
      },
    ]);
  });

  it('is read from the members of the payload of MQTT 3, which are no values of the device', async () => {
    const tracer = await heard(async () => {
      const device = await connectDevice(url, { protocolVersion: 4 });
      const payload = { temperature: 21.5, traceparent: TRACEPARENT, tracestate: 'vendor=1' };
      await device.publishAsync('valtronics/VT-2/telemetry', JSON.stringify(payload), { qos: 1 });
      await device.endAsync();
    });
    expect(tracer.spans.filter(({ context }) => context.traceId === TRACE)).toMatchObject([
      { parent: '00f067aa0ba902b7', attributes: { 'valtronics.device.id': 'VT-2' } },
    ]);
  });

  it('is ignored without a word when it is malformed', async () => {
    const tracer = await heard(async () => {
      const device = await connectDevice(url, { protocolVersion: 5 });
      await device.publishAsync('valtronics/VT-3/telemetry', '{"temperature":21.5,"traceparent":7}', {
        qos: 1,
        properties: { userProperties: { traceparent: TRACEPARENT.toUpperCase() } },
      });
      await device.endAsync();
    });
    expect(tracer.spans.map(({ options }) => options.links)).toEqual([[]]);
  });
});
