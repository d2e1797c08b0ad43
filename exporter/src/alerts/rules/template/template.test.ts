import { describe, expect, it } from '@jest/globals';
import { parseTemplate, TemplateError } from './template.ts';

const DATA = { labels: { job: 'api', name: 'Roof' }, value: 0.25 };

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
    expect(parseTemplate(template)(DATA)).toBe(text);
  });

  it.each([
    ['{{ if $value }}x{{ end }}'],
    ['{{ range query "up" }}{{ end }}'],
    ['{{ $value | humanise }}'],
    ['{{ printf "%d" $value }}'],
    ['{{ printf "%.1s" $value }}'],
    ['{{ $labels }}'],
    ['{{ $externalLabels.cluster }}'],
    ['{{- $value }}'],
    ['{{ $value }'],
    ['{{}}'],
  ])('refuses %s and says what is supported', (template) => {
    expect(() => parseTemplate(template)).toThrow(TemplateError);
    expect(() => parseTemplate(template)).toThrow(/supported are \$labels/);
  });
});
