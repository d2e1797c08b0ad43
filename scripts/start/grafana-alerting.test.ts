import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { appOfGrafanaEngine, contactPointsWithoutMail } from './grafana-alerting.ts';
import { ROOT } from './run-folder.ts';

const text = (path: string): string => readFileSync(join(ROOT, 'provisioning', path), 'utf8');

describe('contactPointsWithoutMail', () => {
  it('keeps every contact point, and of each the exporter’s store', () => {
    expect(parse(contactPointsWithoutMail(text('alerting/contact-points.yml')))).toMatchObject({
      apiVersion: 1,
      contactPoints: ['email', 'database-team', 'ops-team'].map((name) => ({
        name,
        receivers: [
          { uid: `vt-${name}-store`, settings: { authorization_credentials: '$VALTRONICS_TOKEN' } },
        ],
      })),
    });
  });
});

describe('appOfGrafanaEngine', () => {
  it('has the app ask Grafana’s own Alertmanager, and changes nothing else', () => {
    const committed = text('plugins/valtronics.yml');
    expect(appOfGrafanaEngine(committed)).toBe(
      committed.replace('alertmanagerUid: valtronics-alertmanager', 'alertmanagerUid: grafana'),
    );
  });

  it('says when there is nothing to change', () => {
    expect(() => appOfGrafanaEngine('apps: []')).toThrow('alertmanagerUid');
  });
});
