import { describe, expect, it } from '@jest/globals';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import type { Alert } from '../alert.ts';
import { raise } from '../transitions.ts';
import { pagerDutyEvent } from './pagerduty.ts';

const { alert } = raise(undefined, 'f00dfeedf00dfeed', alertContent({ severity: 'critical' }), T0);

describe('PagerDuty’s event', () => {
  const event = (changes: Partial<Alert>) =>
    pagerDutyEvent({ kind: 'firing', alert: { ...alert, ...changes } }, 'k');

  it.each([
    ['CRITICAL', 'critical'],
    ['emergency', 'critical'],
    ['page', 'critical'],
    ['high', 'critical'],
    ['Warning', 'warning'],
    ['medium', 'warning'],
    ['info', 'info'],
    ['error', 'error'],
    ['odd', 'error'],
    ['none', 'error'],
  ])('of severity %s is %s', (severity, wanted) =>
    expect(event({ severity })).toMatchObject({ payload: { severity: wanted } }),
  );

  it('keeps the message though a label has its name', () => {
    const labels = { ...alert.labels, message: 'a label' };
    expect(event({ labels, message: 'the words' })).toMatchObject({
      payload: { custom_details: { message: 'the words', label_message: 'a label' } },
    });
  });

  it('is cut at a whole character', () => {
    const summary = 'x'.repeat(1024 - 'HighCPUUsage: '.length - 1) + '😀😀';
    expect(event({ annotations: { summary } })).toMatchObject({
      payload: { summary: `HighCPUUsage: ${summary.slice(0, -4)}` },
    });
  });

  it('has no links that a browser would run', () => {
    const annotations = {
      a_url: 'javascript:alert(1)',
      b_url: 'https://example.org/',
      c_url: 'data:text/html,x',
    };
    expect(event({ annotations })).toMatchObject({
      links: [{ href: 'https://example.org/', text: 'b_url' }],
    });
  });
});
