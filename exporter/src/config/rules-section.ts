import { z } from 'zod';
import { parseDuration } from '../base/duration.ts';
import { duration, flag, list, option, wholeNumber } from './option-types.ts';

const ruleDuration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});

/** One rule of the settings (guide: `add_alert_rule`); durations in milliseconds. */
const ownRuleSchema = z.strictObject({
  name: z.string().min(1),
  expression: z.string().min(1),
  for: ruleDuration.prefault('0s'),
  keep_firing_for: ruleDuration.prefault('0s'),
  severity: z.string().min(1).default('warning'),
  labels: z.record(z.string(), z.string()).default({}),
  annotations: z.record(z.string(), z.string()).default({}),
});
export type OwnRule = z.output<typeof ownRuleSchema>;

/** What the environment gives as JSON. Anything that is no JSON stays a text, which the schema refuses. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The rules that the exporter evaluates itself, for installations without Prometheus. */
export const rulesSection = z
  .strictObject({
    files: option(
      'Rule files of Prometheus that the exporter evaluates itself, where there is no Prometheus: globs.',
      list([], 'globs separated by commas, e.g. /etc/valtronics/rules/*.yml'),
    ),
    own: option(
      'Alerting rules of your own, evaluated likewise.',
      z
        .union([z.array(z.unknown()), z.string().transform(fromJson)])
        .pipe(z.array(ownRuleSchema))
        .prefault([])
        .meta({
          allowed:
            'a list of {name, expression, for, keep_firing_for, severity, labels, annotations}, in the environment as JSON; only name and expression are needed',
        }),
    ),
    interval: option('Time between evaluations.', duration('15s', '1s', '5m')),
    history: option(
      'History of samples that is kept in memory; rules that look back further are not evaluated.',
      duration('6h', '5m', '30d'),
    ),
    left_open_ranges: option(
      'Whether ranges leave out a sample that is exactly as old as they are long: Prometheus 3 does, Prometheus 2 does not.',
      flag(true),
    ),
    max_series: option(
      'Most series that are kept for rules; a metric that has more is left out, and its rules say so.',
      wholeNumber(300_000, 1000, 5_000_000),
    ),
    max_samples: option(
      'Most samples that are kept for rules (17 bytes each); a metric that needs more is left out likewise.',
      wholeNumber(5_000_000, 10_000, 100_000_000),
    ),
    job: option(
      'Label `job` that Prometheus gives this exporter: alerts of both then meet in one row.',
      z.string().min(1).default('valtronics-api').meta({ allowed: 'any text' }),
    ),
    instance: option(
      'Label `instance` likewise. Default: the address of `listen`, with the host’s name where it is any address.',
      z.string().min(1).optional().meta({ allowed: 'any text, as a rule host:port' }),
    ),
  })
  .prefault({});
