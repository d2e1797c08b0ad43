import { z } from 'zod';
import { decodeCursor } from '../../fleet/device-query.ts';
import type { DeviceQuery } from '../../fleet/fleet.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { HttpError } from '../http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../json-route.ts';
import type { Route } from '../route.ts';
import { devicePageSchema, deviceSchema, deviceStatusSchema } from './schemas.ts';

type Dependencies = Pick<HttpDependencies, 'fleet' | 'now'>;

/** `limit` of every list: contract §2. */
export const limitParameter = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number from 1 to 1000')
  .transform(Number)
  .pipe(z.int().min(1, 'must be at least 1').max(1000, 'must be at most 1000'))
  .default(100)
  .describe('Most items of the page');

const query = z.strictObject({
  status: deviceStatusSchema.optional().describe('Only devices of this effective status'),
  type: z.string().max(256).optional().describe('Only devices of this type'),
  q: z.string().max(256).optional().describe('Part of id, name or location, in any case'),
  limit: limitParameter,
  cursor: z
    .string()
    .max(4096)
    .refine((cursor) => decodeCursor(cursor) !== undefined, 'must be the nextCursor of the page before')
    .optional()
    .describe('nextCursor of the page before'),
});

function deviceQuery({ status, type, q, limit, cursor }: z.output<typeof query>): DeviceQuery {
  return {
    limit,
    ...(status === undefined ? {} : { status }),
    ...(type === undefined ? {} : { type }),
    ...(q === undefined ? {} : { text: q }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

function listRoute({ fleet, now }: Dependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/devices',
    operation: { id: 'listDevices', summary: 'Devices with their effective status', tag: 'devices' },
    params: NO_PARAMETERS,
    query,
    body: NO_BODY,
    answer: { description: 'A page of devices', schema: devicePageSchema },
    handle: (input) => {
      fleet.refresh(now());
      return fleet.list(deviceQuery(input.query));
    },
  });
}

function findRoute({ fleet, now }: Dependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/devices/{device_id}',
    // A wildcard: proxies turn %2F into a slash on the way.
    pattern: '/api/v1/devices/*device_id',
    operation: { id: 'getDevice', summary: 'One device', tag: 'devices', errors: [400, 404] },
    params: z.strictObject({ device_id: z.string().describe("The device's MQTT id, e.g. MOCK-1000") }),
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The device', schema: deviceSchema },
    handle: ({ params }) => {
      fleet.refresh(now());
      const device = fleet.find(params.device_id);
      if (device !== undefined) return device;
      throw new HttpError(404, `the device "${params.device_id.slice(0, 256)}" was never heard of`);
    },
  });
}

/** The fleet: contract §2. */
export function deviceRoutes(dependencies: Dependencies): Route[] {
  return [listRoute(dependencies), findRoute(dependencies)];
}
