import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateDashboards } from '../../dashboards/src/generate.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';

/** Where queries stand. */
export type SourceKind = 'dashboard' | 'alert' | 'record' | 'runbook' | 'page';

/** A query with where it stands. */
export interface Query {
  readonly kind: SourceKind;
  /** The dashboard's uid, the rule's, the runbook's or the page's name. */
  readonly source: string;
  /** Which query of the source, in words for messages; the rule's or the page's name again where there is no better. */
  readonly place: string;
  readonly expr: string;
}

const target = z.object({ refId: z.string(), expr: z.string() });
const dashboardSchema = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(z.object({ title: z.string(), targets: z.array(target).optional() })),
  // Grafana's own annotations are asked for by tags, without an expression.
  annotations: z.object({
    list: z.array(z.object({ name: z.string(), target: z.object({ expr: z.string().optional() }) })),
  }),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })),
  }),
});

/** The selector and the label of a variable's `label_values(selector, label)`. */
function ofVariable(definition: string): string {
  const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
  if (selector === undefined || label === undefined)
    throw new Error(`a variable is “${definition}”: only label_values(selector, label) is understood`);
  return `count by (${label}) (${selector})`;
}

/** Queries of the dashboards: of panels, annotations and variables. */
export function dashboardQueries(): readonly Query[] {
  return generateDashboards().flatMap(({ content }) => {
    const { uid, panels, annotations, templating } = dashboardSchema.parse(JSON.parse(content));
    const query = (place: string, expr: string): Query => ({ kind: 'dashboard', source: uid, place, expr });
    return [
      ...panels.flatMap(({ title, targets = [] }) =>
        targets.map(({ refId, expr }) => query(`${title} ${refId}`, expr)),
      ),
      ...annotations.list.flatMap((one) =>
        one.target.expr === undefined ? [] : [query(`mark ${one.name}`, one.target.expr)],
      ),
      ...templating.list.flatMap(({ name, definition = '' }) =>
        definition === '' ? [] : [query(`$${name}`, ofVariable(definition))],
      ),
    ];
  });
}

/** Expressions of alerts and of recording rules. */
export function ruleQueries(): readonly Query[] {
  const { alerts, records } = readRules();
  return [
    ...alerts.map(({ alert, expr }): Query => ({ kind: 'alert', source: alert, place: alert, expr })),
    ...records.map(({ record, expr }): Query => ({ kind: 'record', source: record, place: record, expr })),
  ];
}

const RUNBOOKS = 'docs/runbooks';

/** The PromQL blocks of the runbooks, also those inside lists. */
export function runbookQueries(): readonly Query[] {
  return readdirSync(join(ROOT, RUNBOOKS)).flatMap((file) => {
    const text = readFileSync(join(ROOT, RUNBOOKS, file), 'utf8');
    const source = file.replace(/\.md$/, '');
    return [...text.matchAll(/^ *```promql\n(.+?)^ *```$/gms)].map(([, query = '']): Query => {
      const expr = query.trim();
      return { kind: 'runbook', source, place: expr, expr };
    });
  });
}

const pageQueries = z.array(z.object({ page: z.string(), query: z.string() }));

/** What the app's pages ask, as `plugin/src/queries.test.ts` recorded it. */
export function appQueries(): readonly Query[] {
  const recorded: unknown = JSON.parse(readFileSync(join(ROOT, 'plugin', 'queries.json'), 'utf8'));
  return pageQueries
    .parse(recorded)
    .map(({ page, query }) => ({ kind: 'page', source: page, place: query, expr: query }));
}

/** Every query of the product. */
export function allQueries(): readonly Query[] {
  return [...dashboardQueries(), ...ruleQueries(), ...runbookQueries(), ...appQueries()];
}
