import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { startExporter, type TestExporter } from '../support/exporter.ts';
import { describeWith } from '../support/require.ts';
import { temporaryFolder } from '../support/server.ts';

const run = promisify(execFile);
const LINES = [
  '2026-11-30 12:00:00,000 - app.main - ERROR - Connection refused by host db',
  '2026-11-30 12:00:01,000 - app.main - INFO - started',
];
/** What an answer must be; whether a request was rightly refused is not asked: some rules cannot stand in a schema. */
const CHECKS = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_headers_conformance', 'response_schema_conformance'],
];
/** What is left of it when it has found something. */
const failed = z.object({ code: z.number(), stdout: z.string() });
const MINUTES = 60_000;

describeWith([{ names: ['schemathesis'] }], 'the API by its own document', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let exporter: TestExporter;
  beforeAll(async () => {
    folder = temporaryFolder('schemathesis');
    const logs = join(folder.path, 'logs');
    mkdirSync(logs);
    writeFileSync(join(logs, 'a.log'), `${LINES.join('\n')}\n`);
    exporter = await startExporter({
      ...{ VALTRONICS_LOG_SOURCES: `valtronics-api=${logs}/*.log`, VALTRONICS_TRACES_BUFFER: '100' },
      VALTRONICS_RULES_OWN: '[{"name":"R","expression":"vector(1)"}]',
      VALTRONICS_RECEIVERS_WEBHOOK_URL: 'http://127.0.0.1:9/',
    });
  });
  afterAll(async () => {
    await exporter.stop();
    await folder.remove();
  });

  it(
    'answers whatever is asked, and as the document says',
    async () => {
      const outcome = await run(
        'schemathesis',
        [
          ...['run', `${exporter.url}/api/v1/openapi.json`, '--url', exporter.url, '--no-color'],
          ...['--phases', 'examples,fuzzing', '--max-examples', '10', '--seed', '1', '--continue-on-failure'],
          ...['--checks', CHECKS.join(','), '--suppress-health-check', 'all', '--request-timeout', '60'],
          // A reload in between would make what was asked before untrue.
          ...['--exclude-path', '/-/reload', '--warnings', 'off'],
        ],
        { cwd: folder.path, maxBuffer: 2 ** 26 },
      ).catch((error: unknown) => failed.parse(error));
      expect('code' in outcome ? outcome.stdout : '').toBe('');
      expect(outcome.stdout).toMatch(/Tested: \d\d/);
    },
    10 * MINUTES,
  );
});
