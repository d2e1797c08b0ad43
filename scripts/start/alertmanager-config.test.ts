import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAlertmanagerConfig } from './alertmanager-config.ts';
import { ROOT } from './run-folder.ts';

const committed = readFileSync(join(ROOT, 'provisioning', 'alertmanager', 'alertmanager.yml'), 'utf8');
const local = localAlertmanagerConfig(committed, 'http://127.0.0.1:8005', '/run/token');

describe('localAlertmanagerConfig', () => {
  it('posts to the run’s exporter with the run’s token', () => {
    expect(local).toContain('url: http://127.0.0.1:8005/api/v1/alerts/webhook');
    expect(local).toContain('credentials_file: /run/token');
  });

  it('needs no secret that nobody has here, and keeps every receiver’s name', () => {
    expect(local).not.toContain('/etc/alertmanager/secrets');
    for (const name of ['web.hook', 'pagerduty', 'slack', 'email', 'database-team', 'ops-team', 'watchdog']) {
      expect(local).toContain(`name: ${name}`);
    }
  });

  it('refuses a configuration of another shape', () => {
    expect(() => localAlertmanagerConfig('receivers: 5', 'http://x', '/t')).toThrow();
  });
});
