import {
  type Action,
  ActionType,
  HttpRequestMethod,
  type ScopedVars,
  textUtil,
  urlUtil,
} from '@grafana/data';
import { type BackendSrvRequest, getBackendSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import type { Subject } from './device-links';
import { type Interpolate, rowScope } from '../frames/read-frames';

/** An action of the field's options, ready to run for one device. */
export interface DeviceAction {
  readonly title: string;
  /** What to ask before it runs. */
  readonly confirmation: string;
  /** What whoever runs it has to fill in, by key and name. */
  readonly variables: readonly { readonly key: string; readonly name: string }[];
  /** Whether a click on the tile asks for it at once. */
  readonly oneClick: boolean;
  /** Sends the request with the variables filled in; rejects with Grafana's fetch error. */
  readonly run: (values: Readonly<Record<string, string>>) => Promise<void>;
}

function requestOf(
  fetch: NonNullable<Action['fetch']>,
  interpolate: (text: string) => string,
): BackendSrvRequest {
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
export function actionsOf(device: Pick<Subject, 'cell'>, interpolate: Interpolate): readonly DeviceAction[] {
  const actions = device.cell.field.config.actions ?? [];
  const { frame, field, row } = device.cell;
  const scope = rowScope(frame, field, row);
  const fill = (text: string) => interpolate(text, scope);
  return actions.flatMap((action) => {
    // Actions through data sources need Grafana's own proxy, which plugins cannot reach.
    const { type, fetch } = action;
    if (type !== ActionType.Fetch || fetch === undefined) return [];
    return [
      {
        title: fill(action.title),
        confirmation: fill(action.confirmation ?? ''),
        variables: action.variables ?? [],
        oneClick: action.oneClick ?? false,
        run: async (values) => {
          const all: ScopedVars = { ...scope };
          for (const [key, value] of Object.entries(values)) all[key] = { text: value, value };
          const request = requestOf(fetch, (text) => interpolate(text, all));
          await lastValueFrom(getBackendSrv().fetch({ ...request, showSuccessAlert: true }));
        },
      },
    ];
  });
}
