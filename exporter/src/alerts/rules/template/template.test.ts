import { describe, expect, it } from '@jest/globals';
import { needsOf, run } from '@valtronics/promql';
import type { FunctionContext } from './functions.ts';
import { parseTemplate, TemplateError } from './template.ts';
import { ExecutionError } from './value.ts';

const DATA = {
  labels: new Map([
    ['job', 'api'],
    ['name', 'Roof'],
    ['__proto__', 'odd'],
  ]),
  value: 0.25,
};
const CONTEXT: FunctionContext = {
  externalUrl: 'http://here:8001',
  now: 0,
  *query(expression) {
    if (expression.includes('fails')) throw new ExecutionError('no such thing');
    return [{ name: 'up', labels: new Map([['instance', 'a:1']]), value: 1 }];
  },
};

function filled(template: string): string {
  return run(parseTemplate(template).fill(DATA, CONTEXT));
}

describe('parseTemplate', () => {
  it.each([
    ['nothing to fill', 'nothing to fill'],
    ['{{ $labels.name }} of {{.Labels.job}}: {{ $value }}', 'Roof of api: 0.25'],
    ['{{ $value | humanizePercentage }}', '25%'],
    ['{{ printf "%.1f" $value }} days', '0.2 days'],
    ['{{ $value | printf "%.0f" }}', '0'],
    ['{{ $labels.absent }}.', '.'],
    ['{{ $labels.name | toUpper }}', 'ROOF'],
  ])('%s', (template, text) => {
    expect(filled(template)).toBe(text);
  });

  it.each([
    ['{{ $labels.constructor }}|{{ $labels.__proto__ }}', '|odd'],
    ['{{ range query "up" }}{{ .Labels.instance | stripPort }} {{ .Value }}{{ end }}', 'a 1'],
    ['{{ query "fails" | first }}', '<error expanding template: no such thing>'],
    ['{{ humanize "soon" }}', '<error expanding template: "soon" is no number>'],
    ['{{ match "(" "x" }}', expect.stringContaining('is no regular expression')],
    ['{{ reReplaceAll "((a|a)*)b" "x" $labels.name }}', 'Roof'],
    [
      '{{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }}',
      expect.stringContaining('more than 100 times'),
    ],
    ['{{ eq $value 1 }}', '<error expanding template: a float64 cannot be compared with a int>'],
  ])('fills %s without ever failing', (template, text) => {
    expect(filled(template)).toEqual(text);
  });

  it('says which queries it asks, with a placeholder for what is only known later', () => {
    const { queries } = parseTemplate(
      '{{ with printf "up{job=%q}" .Labels.job | query }}{{ end }}{{ query "a > 1" }}',
    );
    expect(queries.map((query) => [...needsOf(query).keys()])).toEqual([['up'], ['a']]);
  });

  it.each([
    ['{{ $value | humanise }}', 'the function humanise is not known'],
    ['{{ $x }}', 'the variable $x is not defined'],
    ['{{ if $value }}x', '{{ end }} is missing'],
    ['x{{ end }}', '{{ end }} ends nothing'],
    ['{{ $value }', '"}" is unexpected'],
    ['one\n{{ $value', 'line 2: an action {{ never ends'],
    ['{{}}', 'a value or a function is missing'],
    ['{{ $value "x" }}', 'only a function takes arguments'],
    ['{{ "a" | $value }}', 'what stands behind | must be a function'],
    ['{{ query "up ==" }}', 'query "up =="'],
    ['{{ query .Labels.job }}', 'must be a text'],
    ['{{ break }}', 'outside of a range'],
  ])('refuses %s and says what is wrong', (template, why) => {
    expect(() => parseTemplate(template)).toThrow(TemplateError);
    expect(() => parseTemplate(template)).toThrow(why);
  });
});
