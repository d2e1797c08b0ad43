import type { DeviceSpec } from '../model/device-spec.ts';
import type { FleetEvent } from '../model/events.ts';
import { logTime } from '../timestamps.ts';

/** The logs of the two publishers: the mock fleet's and the device simulator's. */
export interface FleetLog {
  started(roster: readonly DeviceSpec[], at: number, mqttPort: number): void;
  event(event: FleetEvent): void;
}

/** @param writeFleet and @param writeSimulator take a line without its end */
export function createFleetLog(
  writeFleet: (line: string) => void,
  writeSimulator: (line: string) => void,
): FleetLog {
  const fleet = (at: number, logger: string, level: string, text: string): void =>
    writeFleet(`${logTime(at)} - ${logger} - ${level} - ${text}`);
  const simulator = (at: number, level: string, text: string): void =>
    writeSimulator(`${logTime(at)} - ${level} - ${text}`);
  return {
    started(roster, at, mqttPort) {
      const mock = roster.filter((spec) => spec.family === 'mock');
      const simulated = roster.filter((spec) => spec.family === 'simulator');
      fleet(at, 'device_fleet', 'INFO', `Creating fleet with ${mock.length} devices`);
      fleet(at, 'device_fleet', 'INFO', `Created ${mock.length} devices`);
      fleet(at, 'device_fleet', 'INFO', 'Starting device fleet...');
      for (const spec of mock) {
        const logger = `mock_device_${spec.number}`;
        fleet(at, logger, 'INFO', `Starting device ${spec.name} (ID: ${spec.number})`);
        fleet(at, logger, 'INFO', 'Connected to MQTT broker');
      }
      for (const spec of simulated) simulator(at, 'INFO', `Added device: ${spec.name} (${spec.id})`);
      simulator(at, 'INFO', `Starting simulation with ${simulated.length} devices`);
      simulator(at, 'INFO', 'Starting device simulation...');
      simulator(at, 'INFO', `Connected to MQTT broker at 127.0.0.1:${mqttPort}`);
    },
    event(event) {
      if (event.kind === 'status') {
        const { device, at, from, to } = event;
        if (device.family === 'mock') {
          fleet(at, `mock_device_${device.number}`, 'INFO', `Device status changed: ${from} -> ${to}`);
          return;
        }
        if (to === 'error') simulator(at, 'WARNING', `Simulating device failure for ${device.id}`);
        if (to === 'online') simulator(at, 'INFO', `Simulating device recovery for ${device.id}`);
        simulator(at, 'INFO', `Status update sent for device ${device.id}: ${to}`);
        return;
      }
      if (event.kind === 'alert_raised' && event.device.family === 'mock') {
        const level = event.alert.severity === 'info' ? 'INFO' : 'WARNING';
        fleet(event.at, `mock_device_${event.device.number}`, level, `Alert created: ${event.alert.title}`);
      }
    },
  };
}
