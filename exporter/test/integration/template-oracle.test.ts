import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { parseTemplate } from '../../src/alerts/rules/template/template.ts';
import { describeWith, PROMTOOL } from '../support/require.ts';
import { findExecutable, temporaryFolder } from '../support/server.ts';

const VALUES = [
  ...[
    0, 1, -1, 0.1, 0.25, 0.125, 0.375, 0.5, 1.5, 2.5, -2.5, 1000.5, 1001.5, 12.345, 99.995, 999.95, 1000,
    1234567,
  ],
  ...[
    123456789, 1e20, 1e21, 1.5e22, 1e-4, 0.00012345, 1e-5, 1.2345e-7, 59.9999, 60, 61, 3599, 3600, 86400,
    90061.5,
  ],
  ...[
    0.001,
    0.0005,
    1 / 3,
    2 / 3,
    1e6,
    1024,
    1536,
    1.5e9,
    -86401,
    -0.02,
    Infinity,
    -Infinity,
    NaN,
    300,
    0.9999999,
  ],
];

const TEMPLATES = {
  value: '{{ $value }}',
  short: '{{ .Value }} of {{ .Labels.job }}',
  humanize: '{{ $value | humanize }}',
  binary: '{{ $value | humanize1024 }}',
  duration: '{{ $value | humanizeDuration }}',
  percentage: 'It is {{ $value | humanizePercentage }} now.',
  none: '{{ printf "%.0f" $value }}',
  one: '{{ printf "%.1f" $value }}%',
  two: '{{ $value | printf "%.2f" }}',
  plain: '{{ printf "%f" $value }}',
  significant: '{{ printf "%.3g" $value }}',
  shortest: '{{ printf "about %v, yes" $value }}',
  label: '{{$labels.job}}/{{ $labels.missing }}/{{ $labels.job | toUpper }}',
  before: '{{ humanize $value }}',
} as const;

/** The templates for a value: Go's whole seconds overflow where no duration ever is. */
function templatesFor(value: number): Record<string, string> {
  const { duration, ...others } = TEMPLATES;
  return Math.abs(value) > 1e18 && Number.isFinite(value) ? others : { ...others, duration };
}

function promqlNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'Inf' : '-Inf';
}

describeWith([PROMTOOL], 'our templates beside promtool', () => {
  it('give the same texts for all kinds of numbers', async () => {
    const folder = temporaryFolder('templates');
    try {
      const rules = VALUES.map((value, index) => ({
        alert: `Number${index}`,
        expr: `label_replace(vector(${promqlNumber(value)}), "job", "api", "", "")`,
        annotations: templatesFor(value),
      }));
      const cases = VALUES.map((value, index) => ({
        alertname: `Number${index}`,
        eval_time: '0m',
        exp_alerts: [
          {
            exp_labels: { job: 'api' },
            exp_annotations: Object.fromEntries(
              Object.entries(templatesFor(value)).map(([name, template]) => [
                name,
                parseTemplate(template)({ labels: { job: 'api' }, value }),
              ]),
            ),
          },
        ],
      }));
      writeFileSync(join(folder.path, 'rules.yml'), stringify({ groups: [{ name: 'numbers', rules }] }));
      const tests = [
        { interval: '1m', input_series: [{ series: 'x', values: '1' }], alert_rule_test: cases },
      ];
      writeFileSync(
        join(folder.path, 'tests.yml'),
        stringify({ rule_files: ['rules.yml'], evaluation_interval: '1m', tests }),
      );
      const promtool = findExecutable(['promtool']) ?? '';
      const { status, stdout, stderr } = spawnSync(promtool, ['test', 'rules', 'tests.yml'], {
        cwd: folder.path,
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toContain('SUCCESS');
      expect(status).toBe(0);
    } finally {
      await folder.remove();
    }
  });
});
