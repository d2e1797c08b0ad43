import { afterAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { startGrafana } from './grafana.ts';
import { portsFrom } from './ports.ts';
import type { Run } from './run.ts';

const folder = temporaryFolder('grafana');
afterAll(() => folder.remove());

function newRun(environment: NodeJS.ProcessEnv): Run {
  return {
    environment,
    engine: 'prometheus',
    ports: portsFrom({}),
    folder: folder.path,
    token: 'secret',
    services: [],
    rows: [],
    stopping: new AbortController(),
  };
}

describe('startGrafana', () => {
  it('says how to get a Grafana that is not installed', async () => {
    const run = newRun({});
    await startGrafana(run, undefined, () => undefined);
    expect(run.rows).toEqual([
      expect.objectContaining({
        part: 'Grafana',
        state: 'missing',
        note: expect.stringContaining('GRAFANA_BIN'),
      }),
    ]);
  });

  it('leaves the run alone when Grafana cannot be started, and says why', async () => {
    const binary = join(folder.path, 'grafana');
    writeFileSync(binary, '');
    const run = newRun({ GRAFANA_HOME: '/nowhere' });
    const said: string[] = [];
    await startGrafana(run, binary, (text) => said.push(text));
    expect(said).toEqual(['Grafana could not be started: GRAFANA_HOME: /nowhere has no conf/defaults.ini']);
    expect(run.rows).toEqual([expect.objectContaining({ part: 'Grafana', state: 'missing' })]);
    expect(run.services).toEqual([]);
  });

  it('starts nothing any more once the run ends', async () => {
    const run = newRun({ GRAFANA_HOME: '/nowhere' });
    run.stopping.abort(new Error('the run ends'));
    await expect(startGrafana(run, join(folder.path, 'grafana'), () => undefined)).rejects.toThrow(
      'the run ends',
    );
    expect(run.rows).toEqual([]);
  });
});
