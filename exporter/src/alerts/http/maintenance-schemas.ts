import { z } from 'zod';
import { named, time } from '../../http/api/schemas.ts';
import { type MaintenanceWindow, WINDOW_STATES, windowState } from '../maintenance/maintenance-window.ts';

export const windowStateSchema = named(
  'MaintenanceState',
  'Where a maintenance window stands.',
  z.enum(WINDOW_STATES),
);

export const windowSchema = named(
  'MaintenanceWindow',
  'A time in which nobody is told about the alerts of the devices that are in one of its lists.',
  z.strictObject({
    id: z.string(),
    state: windowStateSchema,
    devices: z.array(z.string()).readonly().describe('MQTT ids'),
    deviceTypes: z.array(z.string()).readonly(),
    locations: z.array(z.string()).readonly(),
    startsAt: time(),
    endsAt: time(),
    createdAt: time(),
    createdBy: z.string(),
    comment: z.string(),
    endedBy: z.string().nullable().describe('Who ended it before its time'),
  }),
);

export const windowsSchema = named(
  'MaintenanceWindows',
  'The newest maintenance windows.',
  z.strictObject({ items: z.array(windowSchema) }),
);

const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .optional();
const names = z.array(z.string().trim().min(1).max(256)).max(1000).default([]);

/** A window to be made. */
export const newWindowSchema = z
  .strictObject({
    devices: names.describe('MQTT ids of devices'),
    deviceTypes: names,
    locations: names,
    startsAt: moment.describe('Default: now'),
    endsAt: moment.unwrap(),
    comment: z.string().trim().max(4096),
  })
  .refine(
    ({ devices, deviceTypes, locations }) => devices.length + deviceTypes.length + locations.length > 0,
    {
      message: 'covers nothing: name devices, device types or locations',
    },
  );

const iso = (at: number): string => new Date(at).toISOString();

/** The window as the API shows it. */
export function windowView(window: MaintenanceWindow, now: number): z.input<typeof windowSchema> {
  const { id, devices, deviceTypes, locations, comment, createdBy, endedBy } = window;
  return {
    ...{ id, state: windowState(window, now), devices, deviceTypes, locations, comment },
    startsAt: iso(window.startsAt),
    endsAt: iso(window.endsAt),
    createdAt: iso(window.createdAt),
    createdBy: createdBy.name,
    endedBy: endedBy?.name ?? null,
  };
}
