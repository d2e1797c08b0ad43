import { type Action, ActionType, HttpRequestMethod, textUtil, urlUtil } from '@grafana/data';
import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { Device } from '../data/device';
import { type Interpolate, rowScope } from '../data/read-frames';

/** An action of the field's options, ready to run for one device. */
export interface DeviceAction {
  readonly title: string;
  /** What to ask before it runs. */
  readonly confirmation: string;
  /** Sends the request; rejects with Grafana's fetch error. */
  readonly run: () => Promise<void>;
}

function requestOf(action: Action, interpolate: (text: string) => string): BackendSrvRequest | null {
  const { fetch } = action;
  // Actions through data sources need Grafana's own proxy, which plugins cannot reach.
  if (action.type !== ActionType.Fetch || fetch === undefined) return null;
  const parameters = Object.fromEntries(
    (fetch.queryParams ?? []).map(([name, value]) => [interpolate(name), interpolate(value)]),
  );
  const url = textUtil.sanitizeUrl(interpolate(fetch.url));
  const headers = Object.fromEntries(
    (fetch.headers ?? []).map(([name, value]) => [interpolate(name), interpolate(value)]),
  );
  return {
    url: urlUtil.renderUrl(url, parameters),
    method: fetch.method,
    headers,
    ...(fetch.body === undefined || fetch.method === HttpRequestMethod.GET
      ? {}
      : { data: interpolate(fetch.body) }),
  };
}

/** The actions that the field's options give to the device's value. */
export function actionsOf(device: Device, interpolate: Interpolate): readonly DeviceAction[] {
  const actions = device.cell.field.config.actions ?? [];
  const { frame, field, row } = device.cell;
  const scope = rowScope(frame, field, row);
  const fill = (text: string) => interpolate(text, scope);
  return actions.flatMap((action) => {
    const request = requestOf(action, fill);
    if (request === null) return [];
    return [
      {
        title: fill(action.title),
        confirmation: fill(action.confirmation ?? ''),
        run: async () => {
          await lastValueFrom(getBackendSrv().fetch({ ...request, showSuccessAlert: true }));
        },
      },
    ];
  });
}
