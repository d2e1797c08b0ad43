import { z } from 'zod';

const reference = z.object({ type: z.string(), uid: z.string() });

const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  /** The variable of whose values each gets a panel of its own. */
  repeat: z.string().optional(),
  description: z.string().optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  datasource: reference.optional(),
  targets: z
    .array(
      z.object({
        refId: z.string(),
        expr: z.string(),
        datasource: reference.optional(),
        format: z.string().optional(),
        instant: z.boolean().optional(),
        legendFormat: z.string().optional(),
      }),
    )
    .optional(),
  fieldConfig: z
    .object({
      defaults: z.object({
        unit: z.string().optional(),
        noValue: z.string().optional(),
        thresholds: z
          .object({ steps: z.array(z.object({ color: z.string(), value: z.number().nullable() })) })
          .optional(),
      }),
      overrides: z
        .array(
          z.object({
            matcher: z.object({ id: z.string(), options: z.unknown() }),
            properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
          }),
        )
        .optional(),
    })
    .optional(),
});

const annotation = z.object({
  name: z.string(),
  enable: z.boolean(),
  iconColor: z.string(),
  datasource: reference,
  target: z.object({
    /** Grafana's own annotations are asked for by tags, without one. */
    expr: z.string().optional(),
    datasource: reference.optional(),
    type: z.string().optional(),
    matchAny: z.boolean().optional(),
    tags: z.array(z.string()).optional(),
  }),
  titleFormat: z.string().optional(),
  /** Without one every chart is marked. */
  filter: z.object({ exclude: z.boolean().optional(), ids: z.array(z.number()) }).optional(),
});

const dashboard = z.object({
  id: z.null(),
  uid: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  refresh: z.string(),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({ list: z.array(z.record(z.string(), z.unknown())) }),
  annotations: z.object({ list: z.array(annotation) }),
  links: z.array(z.record(z.string(), z.unknown())),
  panels: z.array(panel),
});

export type PanelJson = z.output<typeof panel>;
export type DashboardJson = z.output<typeof dashboard>;

/** What a dashboard's file says, as far as tests look at it. Throws on what Grafana could not load. */
export function parseDashboard(content: string): DashboardJson {
  return dashboard.parse(JSON.parse(content));
}

/** The panels that draw something: all but the rows. */
export function visualisations(json: DashboardJson | undefined): PanelJson[] {
  return json?.panels.filter(({ type }) => type !== 'row') ?? [];
}

/** Every PromQL expression of the dashboards, with a name for messages. */
export function queriesOf(dashboards: readonly DashboardJson[]): { name: string; expr: string }[] {
  return dashboards.flatMap((json) => [
    ...visualisations(json).flatMap(({ title, targets }) =>
      (targets ?? []).map(({ refId, expr }) => ({ name: `${json.uid}: ${title} ${refId}`, expr })),
    ),
    ...json.annotations.list.flatMap(({ name, target: { expr } }) =>
      expr === undefined ? [] : [{ name: `${json.uid}: ${name}`, expr }],
    ),
  ]);
}
