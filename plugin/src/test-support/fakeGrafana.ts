import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { setBackendSrv } from '@grafana/runtime';
import { defer, delay, EMPTY, of, throwError, type Observable } from 'rxjs';
import { PLUGIN_ID } from '../api/pluginId';

/** An answer of Grafana: status and JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What a test's Grafana does with a request; undefined: no such route. */
export type Route = (request: BackendSrvRequest, form: URLSearchParams) => Answer | undefined;

export const ok = (body: unknown): Answer => ({ status: 200, body });

const EXPORTER = `/api/plugin-proxy/${PLUGIN_ID}/exporter`;
const DATA_SOURCE = '/api/datasources/uid/valtronics-prometheus/resources/api/v1/';

/** Answers of the exporter by path and query. */
export function exporterRoute(answer: (path: string, query: URLSearchParams) => Answer | undefined): Route {
  return ({ url }) => {
    if (!url.startsWith(`${EXPORTER}/`)) return undefined;
    const { pathname, searchParams } = new URL(url.slice(EXPORTER.length), 'http://exporter');
    return answer(pathname, searchParams);
  };
}

/** Rows of Prometheus for an instant query (`at` seconds) or series for a range query. */
export interface PrometheusAnswers {
  readonly instant: (
    query: string,
    at: number,
  ) => readonly { metric: object; value: readonly [number, string] }[];
  readonly range?: (
    query: string,
  ) => readonly { metric: object; values: readonly (readonly [number, string])[] }[];
  /** As Prometheus writes them. */
  readonly exemplars?: (query: string) => readonly object[];
}

/** Answers of Prometheus behind the data source. */
export function prometheusRoute({
  instant,
  range = () => [],
  exemplars = () => [],
}: PrometheusAnswers): Route {
  const success = (resultType: string, result: unknown): Answer =>
    ok({ status: 'success', data: { resultType, result } });
  return ({ url }, form) => {
    const query = form.get('query') ?? '';
    if (url === `${DATA_SOURCE}query`) return success('vector', instant(query, Number(form.get('time'))));
    if (url === `${DATA_SOURCE}query_range`) return success('matrix', range(query));
    if (url === `${DATA_SOURCE}query_exemplars`) return ok({ status: 'success', data: exemplars(query) });
    return undefined;
  };
}

/** A data source whose every request is answered so. */
export function prometheusFails(answer: Answer): Route {
  return ({ url }) => (url.startsWith('/api/datasources/') ? answer : undefined);
}

/** An exporter whose every request is answered so. */
export function exporterFails(answer: Answer): Route {
  return exporterRoute(() => answer);
}

/** What Grafana's proxy says when nothing listens there. */
export const BAD_GATEWAY: Answer = { status: 502, body: { message: 'bad gateway' } };
/** What Grafana says to those who may not. */
export const FORBIDDEN: Answer = { status: 403, body: { message: 'access denied' } };
/** What the exporter says to a wrong token. */
export const WRONG_TOKEN: Answer = {
  status: 401,
  body: { error: { code: 'unauthorized', message: 'a valid bearer token is needed' } },
};

function failed({ status, body }: Answer, config: BackendSrvRequest): FetchError {
  return { status, statusText: `status ${status}`, data: body, config };
}

/** The requests that were sent, newest last. */
export interface FakeGrafana {
  readonly requests: BackendSrvRequest[];
  /** Other answers from now on. */
  routes: readonly Route[];
}

/** The body has whatever type the caller expects: what it makes of it is what is tested. */
function isResponse<T>(response: object): response is FetchResponse<T> {
  return 'data' in response;
}

function unexpected(): never {
  throw new Error('the app asks Grafana by fetch only');
}

/** Every other way to ask: none is used, some are deprecated. */
const ELSEWHERE = ['get', 'delete', 'post', 'patch', 'put', 'request', 'datasourceRequest', 'chunked'];

function isBackend(backend: object): backend is BackendSrv {
  return 'fetch' in backend;
}

function formOf({ data }: BackendSrvRequest): URLSearchParams {
  const body: unknown = data;
  return new URLSearchParams(Object.entries<string>(isForm(body) ? body : {}));
}

function isForm(body: unknown): body is Record<string, string> {
  return typeof body === 'object' && body !== null;
}

function answerOf({ routes }: FakeGrafana, request: BackendSrvRequest): Answer {
  const form = formOf(request);
  for (const route of routes) {
    const answer = route(request, form);
    if (answer !== undefined) return answer;
  }
  return { status: 404, body: { message: `no route for ${request.url}` } };
}

/** Puts a Grafana behind `getBackendSrv` that answers by the routes. */
export function fakeGrafana(...routes: readonly Route[]): FakeGrafana {
  const grafana: FakeGrafana = { requests: [], routes };
  function fetch<T>(config: BackendSrvRequest): Observable<FetchResponse<T>> {
    return defer(() => {
      grafana.requests.push(config);
      const answer = answerOf(grafana, config);
      if (answer.status >= 400) return throwError(() => failed(answer, config));
      const { status, body } = answer;
      const response = {
        status,
        statusText: '',
        data: body,
        config,
        ok: true,
        headers: new Headers(),
        redirected: false,
        type: 'basic',
        url: config.url,
      };
      return isResponse<T>(response) ? of(response).pipe(delay(0)) : EMPTY;
    });
  }
  const backend = { ...Object.fromEntries(ELSEWHERE.map((name) => [name, unexpected])), fetch };
  if (isBackend(backend)) setBackendSrv(backend);
  return grafana;
}
