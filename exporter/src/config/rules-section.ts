import { z } from 'zod';
import { ownRulesOption } from '../alerts/rules/load/own-rules.ts';
import { duration, list, option, wholeNumber } from './option-types.ts';

/** The rules that the exporter evaluates itself, for installations without Prometheus. */
export const rulesSection = z
  .strictObject({
    files: option(
      'Rule files of Prometheus that the exporter evaluates itself, where there is no Prometheus: globs.',
      list([], 'globs separated by commas, e.g. /etc/valtronics/rules/*.yml'),
    ),
    own: option('Alerting rules of your own, evaluated likewise.', ownRulesOption()),
    interval: option('Time between evaluations.', duration('15s', '1s', '5m')),
    history: option(
      'History of samples that is kept in memory; rules that look back further are not evaluated.',
      duration('6h', '5m', '30d'),
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
