import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { raise, resolve } from '../transitions.ts';
import { emailMessage } from './email-message.ts';

const KEY = 'f00dfeedf00dfeed';
const content = alertContent({
  severity: 'critical',
  labels: { device_id: 'MOCK-1000', location: 'Lab B' },
  annotations: {
    summary: 'CPU is high',
    runbook_url: 'https://example.org/r?a=1&b=2',
    note_url: 'javascript:alert(1)',
  },
  generatorUrl: 'http://p/graph',
});
const { alert } = raise(undefined, KEY, content, T0);
const over = resolve(alert, decision(T0 + 5000, 'new fan'));

describe('an e-mail about an alert', () => {
  it('says what, where, since when, and where to look', () => {
    const { subject, text } = emailMessage({ kind: 'firing', alert }, 'example.org');
    expect(subject).toBe('FIRING critical: HighCPUUsage (MOCK-1000)');
    expect(text).toBe(`FIRING critical: HighCPUUsage

CPU is high

CPU is at 93 %

severity: critical
where: MOCK-1000
since: 2026-11-23T14:00:00.000Z
location: Lab B
key: ${KEY}
runbook: https://example.org/r?a=1&b=2
expression: http://p/graph
`);
  });

  it('that is over says who says so', () => {
    const { subject, text } = emailMessage({ kind: 'resolved', alert: over }, 'example.org');
    expect(subject).toMatch(/^RESOLVED critical/);
    expect(text).toContain('until: 2026-11-23T14:00:05.000Z\nresolved by: ana\ncomment: new fan\n');
  });

  it('hangs together with the others about it, and a repetition is the same e-mail', () => {
    const of = (kind: 'firing' | 'escalation' | 'resolved') => {
      const { messageId, inReplyTo } = emailMessage({ kind, alert: over }, 'example.org');
      return [messageId, inReplyTo];
    };
    const first = `<${KEY}.${T0}.firing@example.org>`;
    expect(of('firing')).toEqual([first, undefined]);
    expect(of('escalation')).toEqual([undefined, first]);
    expect(of('resolved')).toEqual([`<${KEY}.${T0}.resolved@example.org>`, first]);
  });

  it('links only to the web', () => {
    const { html, text } = emailMessage({ kind: 'firing', alert }, 'example.org');
    expect(html).toContain('<a href="https://example.org/r?a=1&amp;b=2">runbook</a>');
    expect(html + text).not.toContain('javascript');
  });

  it('says once what summary and message both say', () => {
    const same = { ...alert, annotations: { summary: alert.message } };
    expect(emailMessage({ kind: 'firing', alert: same }, 'x').text.match(/93 %/g)).toHaveLength(1);
  });

  it('has a subject of one line and HTML of our own tags only, whatever the alert says', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, (name, message, device) => {
        const hostile = {
          ...alert,
          name,
          message,
          labels: { ...alert.labels, device_id: device, [name]: message },
        };
        const { subject, html } = emailMessage({ kind: 'firing', alert: hostile }, 'example.org');
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(subject.length).toBeLessThanOrEqual(200);
        const ours = /<\/?(?:h2|p|table|tr|td|a)(?: href="[^"<>]*")?>/g;
        expect(html.replaceAll(ours, '')).not.toMatch(/[<>"']/);
      }),
    );
  });
});
