import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectQuick } from '../../../test/support/quick.ts';
import { findIdentifiers } from './identifiers.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('ids in a text', () => {
  it.each([
    [`traceparent: 00-${TRACE}-${SPAN}-01`, { traceId: TRACE, spanId: SPAN }],
    [`traceparent=00-${TRACE}-${SPAN}-01`, { traceId: TRACE, spanId: SPAN }],
    [`[trace_id=${TRACE} span_id=${SPAN} resource.service.name=x] failed`, { traceId: TRACE, spanId: SPAN }],
    [`{"trace.id":"${TRACE}"}`, { traceId: TRACE }],
    [`{\\"traceId\\": \\"${TRACE.toUpperCase()}\\"}`, { traceId: TRACE }],
    ['failed request_id=req-7, again', { correlationId: 'req-7' }],
    ['X-Request-ID: 9f1c8a3e.', { correlationId: '9f1c8a3e' }],
    ["{'correlation_id': 'c-1'}", { correlationId: 'c-1' }],
    ['device_id=TEMP_SENSOR_001 is silent', { deviceId: 'TEMP_SENSOR_001' }],
    ['"deviceId":"VT-TEMP-001"', { deviceId: 'VT-TEMP-001' }],
    ['Simulating device failure for GATEWAY_001', { deviceId: 'GATEWAY_001' }],
    ['Added device: Temperature Sensor 01 (TEMP_SENSOR_001)', { deviceId: 'TEMP_SENSOR_001' }],
    [
      'New client connected from 127.0.0.1:51261 as TEMP_SENSOR_001 (p2, c1, k60).',
      { deviceId: 'TEMP_SENSOR_001' },
    ],
    ['Client GATEWAY_001 disconnected, not authorised.', { deviceId: 'GATEWAY_001' }],
    ['Telemetry from unknown device: NOPE', { deviceId: 'NOPE' }],
    ['no rule for topic valtronics/MOCK-1000/telemetry', { deviceId: 'MOCK-1000' }],
    ["PUBLISH 'valtronics/devices/1008/telemetry/humidity'", { deviceId: '1008' }],
  ])('%s', (text, expected) => {
    expect(findIdentifiers(text)).toEqual(expected);
  });

  it.each([
    'Subscribed to topic: valtronics/+/telemetry',
    'valtronics/devices/#',
    `trace_id=${'0'.repeat(32)}`,
    'trace_id=none',
    'Key (device_id)=(999999) is not present in table "devices".',
    'GATEWAY_001 without a word of what it is',
    'the device speaks UTF-8',
    'Client A5F53535-C486-B498-68A9-112801000148 disconnected.',
    'New client connected from 127.0.0.1:1 as auto-05F53535-C486-B498-68A9-11F2801EE48B (p2, c1, k60).',
    'New client connected from 127.0.0.1:1 as auto-05F53535-C486-B498-68A9-11F2801EE148 (p2, c1, k60).',
    'Starting simulation with 5 devices',
    'mid: 7, pid 12, valid=true',
    'request_id=',
    'GET /api/v1/analytics/metrics?device_id=18',
    `request_id=${'x'.repeat(200)}`,
  ])('are none: %s', (text) => {
    expect(findIdentifiers(text)).toEqual({});
  });

  it('are found in any text, in time proportional to its length', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'device',
        'trace_id',
        '=',
        ':',
        '"',
        '\\',
        ' ',
        'traceparent',
        'valtronics/',
        'A_001',
        '-',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        const unit = pieces.join('');
        expectQuick(() => {
          const found = findIdentifiers(unit.repeat(Math.ceil(60_000 / Math.max(1, unit.length))));
          expect(found.traceId ?? TRACE).toMatch(/^[0-9a-f]{32}$/);
          expect(found.correlationId ?? 'x').toMatch(/^[\w.-]{1,128}$/);
        });
      }),
      { numRuns: 60 },
    );
  });
});
