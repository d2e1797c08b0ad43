import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { run } from '@valtronics/promql';
import type { FunctionContext } from '../../src/alerts/rules/template/functions.ts';
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

/** The language itself, filled with 2.5. */
const LANGUAGE = {
  labels: '{{ $labels }}',
  branch: '{{ if gt $value 1.0 }}more{{ else if eq $value 1.0 }}one{{ else }}less{{ end }}',
  boolean: '{{ if and (gt $value 0.0) (not (lt $value 10.0)) }}ten{{ else }}no{{ end }} {{ or "" "b" }}',
  trimmed: 'a {{- /* nothing */ -}} b {{ "c" -}}  d',
  range: '{{ range query "x" }}<{{ .Labels.__name__ }}={{ .Value }}>{{ else }}none{{ end }}',
  empty: '{{ range query "absent_metric" }}x{{ else }}none{{ end }}',
  with: '{{ with query "x" }}{{ . | first | value | humanize }} {{ (first .).Value }}{{ end }}',
  built: '{{ with printf "x{job!=%q}" .Labels.job | query }}{{ len . }}{{ end }}',
  name: '{{ query "x" | first | label "__name__" }}',
  variables: '{{ $a := "x" }}{{ if true }}{{ $a = "y" }}{{ $b := 1 }}{{ $a }}{{ $b }}{{ end }}{{ $a }}',
  defined: '{{ define "t" }}[{{ . }}]{{ end }}{{ template "t" $labels.job }}{{ template "t" 5 }}',
  texts:
    '{{ title "hello wOrld" }} {{ "ab" | toUpper }} {{ reReplaceAll "a(.*)p" "$1-${1}" "xaap" }} {{ match "^a.*" "ab" }}',
  hosts:
    '{{ stripPort "a:1" }} {{ stripPort "[::1]:9" }} {{ stripDomain "a.b.c:9100" }} {{ stripDomain "10.0.0.1:9" }}',
  links: '{{ graphLink "up == 1" }} {{ tableLink "a{b=\\"c\\"}" }}',
  numbers: '{{ printf "%d|%5d|%-5d|%05d|%x|%+d" 42 42 42 42 42 42 }}',
  widths: '{{ printf "%8.2f|%-8.1f|%+.1f|%e|%08.3f" $value $value $value $value $value }}',
  verbs: '{{ printf "%s|%q|%v|%t|%%|%6s|%-6s|%.2s" "a" "b" true false "c" "d" "efg" }}',
  wrong: '{{ printf "%d %s" $value 1 }} {{ printf "%s" }} {{ printf "a" 1 }}',
  printed: '{{ print 1 2 "a" "b" 3 }}|{{ println 1 "a" }}',
  parts:
    '{{ len "abc" }} {{ index $labels "job" }} {{ slice "abcdef" 1 3 }} {{ html "<&>" }} {{ urlquery "a b&c" }}',
  duration2: '{{ parseDuration "1h30m" }} {{ 1.5 | humanizeDuration }} {{ "2048" | humanize1024 }}',
  time: '{{ humanizeTimestamp 1435065584.128 }}',
  number: '{{ 1e3 }} {{ 0x10 }} {{ -2.5 }} {{ 12345678.0 }}',
  loop: '{{ range $i, $e := query "x" }}{{ $i }}:{{ $e.Value }}{{ break }}{{ end }}',
} as const;

const CONTEXT: FunctionContext = {
  externalUrl: '',
  now: 0,
  *query(expression) {
    return expression.startsWith('x') ? [{ name: 'x', labels: new Map(), value: 1 }] : [];
  },
};

/** The templates for a value: Go's whole seconds overflow where no duration ever is. */
function templatesFor(value: number): Record<string, string> {
  const { duration, ...others } = TEMPLATES;
  return Math.abs(value) > 1e18 && Number.isFinite(value) ? others : { ...others, duration };
}

function promqlNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'Inf' : '-Inf';
}

/** Rules with the templates for each value, and what our templates make of them, as promtool tests it. */
async function compare(
  all: readonly { readonly value: number; readonly templates: Readonly<Record<string, string>> }[],
): Promise<void> {
  const folder = temporaryFolder('templates');
  try {
    const rules = all.map(({ value, templates }, index) => ({
      alert: `Number${index}`,
      expr: `label_replace(vector(${promqlNumber(value)}), "job", "api", "", "")`,
      annotations: templates,
    }));
    const cases = all.map(({ value, templates }, index) => ({
      alertname: `Number${index}`,
      eval_time: '0m',
      exp_alerts: [
        {
          exp_labels: { job: 'api' },
          exp_annotations: Object.fromEntries(
            Object.entries(templates).map(([name, template]) => [
              name,
              run(parseTemplate(template).fill({ labels: new Map([['job', 'api']]), value }, CONTEXT)),
            ]),
          ),
        },
      ],
    }));
    writeFileSync(join(folder.path, 'rules.yml'), stringify({ groups: [{ name: 'numbers', rules }] }));
    const tests = [{ interval: '1m', input_series: [{ series: 'x', values: '1' }], alert_rule_test: cases }];
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
}

describeWith([PROMTOOL], 'our templates beside promtool', () => {
  it('give the same texts for all kinds of numbers', () =>
    compare(VALUES.map((value) => ({ value, templates: templatesFor(value) }))));

  it.each(Object.entries(LANGUAGE))('give the same text for %s: %s', (name, template) =>
    compare([{ value: 2.5, templates: { [name]: template } }]),
  );
});
