import { describe, expect, it } from '@jest/globals';
import { alertmanagerArguments } from './alertmanager.ts';

describe('alertmanagerArguments', () => {
  it('listens on loopback and joins no cluster', () => {
    expect(alertmanagerArguments('/c/alertmanager.yml', '/run', 9555)).toEqual([
      '--config.file=/c/alertmanager.yml',
      '--storage.path=/run/alertmanager',
      '--web.listen-address=127.0.0.1:9555',
      '--web.external-url=http://127.0.0.1:9555',
      '--cluster.listen-address=',
    ]);
  });
});
