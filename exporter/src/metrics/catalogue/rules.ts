import { family } from '../family.ts';

export const RULE_EVALUATIONS = family({
  name: 'valtronics_rules_evaluations_total',
  type: 'counter',
  help: 'Evaluations of rules by the exporter itself, for installations without Prometheus.',
  labels: [],
  owner: 'exporter',
  cardinality: '1, only where it evaluates rules',
});

export const RULE_FAILURES = family({
  name: 'valtronics_rules_evaluation_failures_total',
  type: 'counter',
  help: 'Those of the evaluations that failed; /api/v1/alerts/rules says why.',
  labels: [],
  owner: 'exporter',
  cardinality: '1, only where it evaluates rules',
});

export const RULE_OVERRUNS = family({
  name: 'valtronics_rules_overruns_total',
  type: 'counter',
  help: 'Rounds of evaluations that were left out because the one before was still under way.',
  labels: [],
  owner: 'exporter',
  cardinality: '1, only where it evaluates rules',
});

export const RULES_DURATION = family({
  name: 'valtronics_rules_duration_seconds',
  type: 'gauge',
  help: 'How long the last round took to take samples in and to evaluate rules.',
  labels: [],
  owner: 'exporter',
  cardinality: '1, only where it evaluates rules',
});

export const RULES_SERIES = family({
  name: 'valtronics_rules_series',
  type: 'gauge',
  help: 'Series that are kept in memory for rules.',
  labels: [],
  owner: 'exporter',
  cardinality: '1, only where it evaluates rules',
});
