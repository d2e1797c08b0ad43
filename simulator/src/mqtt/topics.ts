import type { FleetEvent } from '../model/events.ts';
import { naiveIso } from '../timestamps.ts';

/** One message to publish. Nobody in the platform sets retain. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
}

function mockTelemetry(event: Extract<FleetEvent, { kind: 'telemetry' }>): Message[] {
  const { device, readings, at } = event;
  return readings.map(({ metric, value, unit, metadata }) => ({
    topic: `valtronics/devices/${device.number}/telemetry/${metric}`,
    payload: JSON.stringify({ value, unit, timestamp: naiveIso(at), device_id: device.number, metadata }),
    qos: 1,
  }));
}

/** As firmware calls for help: alerts below one topic, a time since boot, QoS 0. */
function alarmOf({ device, at, ends }: Extract<FleetEvent, { kind: 'alarm' }>): Message {
  const payload = {
    device_id: device.id,
    alert_type: 'self_test_failed',
    ...(ends ? { state: 'cleared' } : { severity: 'high' }),
    message: `${device.name} ${ends ? 'passes its self-test again' : 'fails its self-test'}`,
    timestamp: Math.round(at % 86_400_000),
  };
  return { topic: `valtronics/alerts/${device.id}`, payload: JSON.stringify(payload), qos: 0 };
}

/** The messages of an event in the topics of the device's family; the mock fleet publishes telemetry only. */
export function messagesOf(event: FleetEvent): Message[] {
  if (event.kind === 'alert_acknowledged') return [];
  if (event.kind === 'alarm') return [alarmOf(event)];
  const { device, at } = event;
  if (device.family === 'mock') return event.kind === 'telemetry' ? mockTelemetry(event) : [];
  const topic = `valtronics/${device.id}`;
  const timestamp = naiveIso(at);
  switch (event.kind) {
    case 'telemetry': {
      const metrics = event.readings.map(({ metric, value, unit }) => ({ name: metric, value, unit }));
      const payload = JSON.stringify({ device_id: device.id, timestamp, metrics });
      return [{ topic: `${topic}/telemetry`, payload, qos: 1 }];
    }
    case 'heartbeat': {
      const payload = JSON.stringify({ device_id: device.id, status: event.status, timestamp });
      return [{ topic: `${topic}/heartbeat`, payload, qos: 0 }];
    }
    case 'status': {
      const payload = JSON.stringify({ device_id: device.id, status: event.to, timestamp });
      return [{ topic: `${topic}/status`, payload, qos: 1 }];
    }
    case 'alert_raised': {
      const { alertType, severity, description } = event.alert;
      const payload = JSON.stringify({
        device_id: device.id,
        type: alertType,
        severity,
        message: description,
        timestamp,
      });
      return [{ topic: `${topic}/alert`, payload, qos: 1 }];
    }
    case 'alert_resolved': {
      // A device that failed says no more of it than its status.
      const { alertType, severity, metricName } = event.alert;
      if (metricName === null) return [];
      const payload = JSON.stringify({
        device_id: device.id,
        type: alertType,
        severity,
        status: 'resolved',
        timestamp,
      });
      return [{ topic: `${topic}/alert`, payload, qos: 1 }];
    }
  }
}
