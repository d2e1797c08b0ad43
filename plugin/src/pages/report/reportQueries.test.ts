import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countQuery, reportQueries, reportStep } from './reportQueries';

const HOUR = { from: 0, to: 3_600_000 };
const WEEK = { from: 0, to: 7 * 86_400_000 };
const STEP = 60;

const promtool = spawnSync('promtool', ['--version']).error === undefined;

const status = (id: string, values: string) => ({
  series: `valtronics_device_status{device_id="${id}", device_type="sensor"}`,
  values,
});

/** A point a minute, from one before the hour: whether the first of a range belongs to it differs by version. */
const SERIES = [
  status('calm', '1x61'),
  // Half an hour of error and offline in two troubles; one minute of maintenance and one of unknown.
  status('A.B', '1x10 3x9 4x4 2x9 3x14 5 0 1x10'),
  status('ends-badly', '1x50 4x10'),
  status('begins-badly', '4x10 1x50'),
  status('\\"quoted\\"\\\\', '3x61'),
  {
    series: 'valtronics_device_info{device_id="calm",name="Pump",device_type="sensor",location="Hall"}',
    values: '1x30',
  },
];

interface Case {
  readonly expr: string;
  readonly samples: Readonly<Record<string, number>>;
}

/** Asks Prometheus' own evaluator at the end of the hour; the text of what it found otherwise. */
function evaluate(cases: readonly Case[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.test.json');
  const expectations = cases.map(({ expr, samples }) => ({
    expr,
    eval_time: '60m',
    exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
  }));
  const input = SERIES.map(({ series, values }) => ({
    series,
    values: values.replace(/(\d)x(\d+)/g, '$1x$2'),
  }));
  writeFileSync(
    file,
    JSON.stringify({
      rule_files: [],
      tests: [{ interval: '1m', input_series: input, promql_expr_test: expectations }],
    }),
  );
  const { stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return `${stdout}${stderr}`;
}

describe('queries of the report', () => {
  it('look as often as Prometheus permits, and never more often than devices are published', () => {
    expect(reportStep(HOUR, 10)).toBe(10);
    expect(reportStep(WEEK, 40)).toBe(61);
    expect(reportStep(WEEK, 1000)).toBe(61);
    expect(reportStep(WEEK, 20_000)).toBe(1210);
    expect(reportStep(WEEK, 10_000_000)).toBe(3024);
  });

  const prometheus = promtool ? it : it.skip;

  prometheus('count what is available, what is in trouble, and how often it changed', () => {
    const { trouble, changes, last, info } = reportQueries(HOUR, STEP);
    const said = evaluate([
      {
        expr: changes,
        samples: {
          '{device_id="calm"}': 0,
          '{device_id="A.B"}': 4,
          '{device_id="ends-badly"}': 1,
          '{device_id="begins-badly"}': 1,
          '{device_id="\\"quoted\\"\\\\"}': 0,
        },
      },
      {
        expr: last,
        samples: {
          '{device_id="calm"}': 0,
          '{device_id="A.B"}': 0,
          '{device_id="ends-badly"}': 1,
          '{device_id="begins-badly"}': 0,
          '{device_id="\\"quoted\\"\\\\"}': 1,
        },
      },
      { expr: `${trouble} > 28 < 33`, samples: { '{device_id="A.B"}': 30 } },
      {
        expr: info,
        samples: { '{device_id="calm", name="Pump", device_type="sensor", location="Hall"}': 1 },
      },
      { expr: countQuery(HOUR), samples: { '{}': 5 } },
    ]);
    expect(said).toContain('SUCCESS');
  });

  prometheus('are about one device alone where one is named, whatever it is called', () => {
    const { last } = reportQueries(HOUR, STEP, '"quoted"\\');
    const said = evaluate([
      { expr: last, samples: { '{device_id="\\"quoted\\"\\\\"}': 1 } },
      { expr: countQuery(HOUR, 'nobody'), samples: {} },
    ]);
    expect(said).toContain('SUCCESS');
  });
});
