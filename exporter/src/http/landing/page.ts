import { DEVICE_STATUSES } from '../../metrics/catalogue/devices.ts';
import { describeSources, type SourceReport } from '../collector-words.ts';
import type { BuildInfo, CollectorState } from '../dependencies.ts';
import { html, SafeHtml } from '../html.ts';
import { formatDuration } from '../../base/time-words.ts';
import { DEVICE_LOOKS, SOURCE_LOOKS } from './status-language.ts';
import { STYLE_ELEMENT } from './style.ts';
import { type Counts, fleetVerdict, formatCount, sourceVerdict, type Verdict } from './verdict.ts';

/** What the page shows. Times are milliseconds since the epoch. */
export interface LandingModel {
  readonly build: BuildInfo;
  readonly startedAt: number;
  readonly now: number;
  readonly collectors: readonly CollectorState[];
  /** Undefined while no source has told which devices there are. */
  readonly counts: Counts | undefined;
}

const LINKS: readonly (readonly [string, string])[] = [
  ['/metrics', 'everything, for Prometheus'],
  ['/api/v1/devices', 'devices and their newest values'],
  ['/api/v1/collectors', 'this table, for programs'],
  ['/api/v1/health', 'health score and its reasons'],
  ['/api/v1/summary', 'all samples as JSON'],
  ['/api/v1/openapi.json', 'description of the API'],
  ['/-/healthy', 'is the exporter alive?'],
  ['/-/ready', 'was every source tried once?'],
];

const line = ({ text, tone }: Verdict): SafeHtml => html`<p class="verdict ${tone}">${text}</p>`;

function tiles(counts: Counts | undefined): SafeHtml {
  const items = DEVICE_STATUSES.map((status) => {
    const { glyph, tone } = DEVICE_LOOKS[status];
    const count = counts?.[status];
    const shown = count === undefined ? '–' : formatCount(count);
    const quiet = count === undefined || count === 0;
    return html`<li${new SafeHtml(quiet ? ' class="none"' : '')}><b>${shown}</b><span class="${tone}"><span aria-hidden="true">${glyph}</span> ${status}</span></li>
`;
  });
  return html`<ul class="tiles">
    ${items}
  </ul>`;
}

function row({ name, state, words, collector }: SourceReport): SafeHtml {
  const { glyph, tone } = SOURCE_LOOKS[state];
  return html`<tr>
    <th scope="row">${name}</th>
    <td>
      <div class="state"><span class="${tone}" aria-hidden="true">${glyph}</span><bdi>${words}</bdi></div>
    </td>
    <td class="address soft"><bdi>${collector?.target ?? ''}</bdi></td>
  </tr> `;
}

/** The landing page: what is wrong, where, since when; readable without JavaScript. */
export function landingPage(model: LandingModel): string {
  const { build, now, counts } = model;
  const sources = describeSources(model.collectors, now);
  const asOf = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  // A checkout has no revision; an image carries the commit that it was built from.
  const version = build.revision === 'unknown' ? build.version : `${build.version} (${build.revision})`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="30" />
        <link rel="icon" href="data:," />
        <title>Valtronics exporter</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header>
          <h1>Valtronics exporter</h1>
          <p class="soft">
            Version ${version} · up for ${formatDuration(now - model.startedAt)} · as of ${asOf}, renewed
            every 30 s
          </p>
        </header>
        <main>
          ${line(fleetVerdict(counts))} ${line(sourceVerdict(sources))}
          <h2>Devices</h2>
          ${tiles(counts)}
          <h2>Sources</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">State</th>
                <th scope="col">Address</th>
              </tr>
            </thead>
            <tbody>
              ${sources.map(row)}
            </tbody>
          </table>
          <h2>More</h2>
          <ul class="links">
            ${LINKS.map(
              ([path, what]) =>
                html`<li>
                  <a href="${path}"><code>${path}</code></a> <span class="soft">${what}</span>
                </li> `,
            )}
          </ul>
        </main>
      </body>
    </html> `.text;
}
