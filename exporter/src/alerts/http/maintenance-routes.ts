import { z } from 'zod';
import { HttpError } from '../../http/http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import type { Maintenance, NewWindow } from '../maintenance/maintenance.ts';
import { windowState } from '../maintenance/maintenance-window.ts';
import { actorOf, type AlertRouteDependencies, answering, keptHere } from './alert-route.ts';
import {
  newWindowSchema,
  windowSchema,
  windowsSchema,
  windowStateSchema,
  windowView,
} from './maintenance-schemas.ts';

const DAY = 86_400_000;
const LONGEST_DAYS = 366;

function maintenanceOf({ maintenance }: AlertRouteDependencies): Maintenance {
  return keptHere(maintenance());
}

/** The window that was asked for, or a 422 that says what is wrong with its times. */
function windowOf({ startsAt, ...rest }: z.output<typeof newWindowSchema>, now: number): NewWindow {
  const window = { ...rest, startsAt: startsAt ?? now };
  if (window.endsAt <= window.startsAt) throw new HttpError(422, 'bad body: endsAt: must be after startsAt');
  if (window.endsAt <= now) throw new HttpError(422, 'bad body: endsAt: lies in the past');
  if (window.endsAt - Math.max(now, window.startsAt) > LONGEST_DAYS * DAY)
    throw new HttpError(422, `bad body: endsAt: must be at most ${LONGEST_DAYS} days after startsAt`);
  return window;
}

function listRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/maintenance',
    operation: {
      id: 'listMaintenance',
      summary: 'Maintenance windows, newest first',
      tag: 'alerts',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: z.strictObject({ state: windowStateSchema.optional().describe('Only windows in this state') }),
    body: NO_BODY,
    answer: { description: 'The newest windows, at most 1,000', schema: windowsSchema },
    handle: async ({ query: { state } }) => {
      const now = dependencies.now();
      const windows = await answering(() => maintenanceOf(dependencies).list());
      const wanted = windows.filter((window) => state === undefined || windowState(window, now) === state);
      return { items: wanted.map((window) => windowView(window, now)) };
    },
  });
}

function createRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/maintenance',
    operation: {
      id: 'createMaintenance',
      summary: 'Tell nobody about the alerts of some devices for a while',
      description:
        'Alerts are kept and shown. What still fires when the window ends is told then; what ended inside and was never told is not told at all.',
      tag: 'alerts',
      errors: [400, 409, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: newWindowSchema,
    answer: { description: 'The window', schema: windowSchema },
    handle: async ({ body, request }) => {
      const now = dependencies.now();
      const wanted = windowOf(body, now);
      const by = actorOf(request);
      const window = await answering(() => maintenanceOf(dependencies).create(wanted, by, now));
      dependencies.logger.info(
        { audit: true, window: window.id, by: by.name },
        'a maintenance window was made',
      );
      return windowView(window, now);
    },
  });
}

function endRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/maintenance/{id}/end',
    operation: {
      id: 'endMaintenance',
      summary: 'End a maintenance window before its time, or call off a planned one',
      tag: 'alerts',
      errors: [400, 404, 409, 503],
    },
    params: z.strictObject({ id: z.uuid('must be the id of a window').describe('Id of the window') }),
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The window as it is now', schema: windowSchema },
    handle: async ({ params: { id }, request }) => {
      const now = dependencies.now();
      const by = actorOf(request);
      const window = await answering(() => maintenanceOf(dependencies).end(id, by, now));
      if (window === undefined) throw new HttpError(404, `there is no maintenance window ${id}`);
      dependencies.logger.info({ audit: true, window: id, by: by.name }, 'a maintenance window was ended');
      return windowView(window, now);
    },
  });
}

/** Maintenance windows of devices, device types and locations. */
export function maintenanceRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [listRoute(dependencies), createRoute(dependencies), endRoute(dependencies)];
}
