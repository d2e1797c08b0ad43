import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  collectorState,
  deviceView,
  httpDependencies,
  NOW,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import type { HttpDependencies } from '../dependencies.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

async function page(changes: Partial<HttpDependencies> = {}, devices = [deviceView()]) {
  server = await startTestServer({ dependencies: httpDependencies(changes, devices) });
  const response = await fetch(`${server.url}/`);
  return { response, text: await response.text() };
}

const rowOf = (text: string, name: string): string =>
  (/<tr>(?:(?!<\/tr>)[\s\S])*/g.exec(text.slice(text.indexOf(`<th scope="row">${name}`) - 40)) ?? [''])[0];

describe('GET /', () => {
  it('shows version, uptime, the fleet with glyphs, and links to every page of its own', async () => {
    const { response, text } = await page({}, [
      deviceView(),
      deviceView({ deviceId: 'B', status: 'error' }),
      deviceView({ deviceId: 'C', status: 'offline' }),
    ]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('Version 1.2.3 (abc1234) · up for 1 h ·');
    expect(text).toContain('2 devices need you.');
    expect(text).toMatch(/<b>1<\/b><span class="error"><span aria-hidden="true">✕<\/span> error<\/span>/);
    expect(text).not.toMatch(/<script/i);
    const links = [...text.matchAll(/href="(\/[^"]*)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      const answer = await fetch(`${server?.url ?? ''}${link ?? ''}`);
      expect([link, answer.status]).toEqual([link, 200]);
      await answer.arrayBuffer();
    }
  });

  it('lets the browser use exactly its own style sheet', async () => {
    const { response, text } = await page();
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`);
  });

  it('says for each source how it is, and what turns on the others', async () => {
    const { text } = await page({
      collectors: () => [
        collectorState(),
        collectorState({
          name: 'postgres',
          success: false,
          circuit: 'open',
          failures: 5,
          nextTry: NOW + 20_000,
          lastError: 'connection refused 127.0.0.1:5432',
        }),
      ],
    });
    expect(rowOf(text, 'api')).toContain('ok for 12 min, since 13:50 UTC');
    expect(rowOf(text, 'postgres')).toContain('next try in 20 s');
    expect(rowOf(text, 'postgres')).toContain('connection refused 127.0.0.1:5432');
    expect(rowOf(text, 'redis')).toContain('set VALTRONICS_REDIS_URL');
  });

  it('escapes what sources say of themselves', async () => {
    const hostile = `"><script>alert(1)</script><b onclick='x'>`;
    const { text } = await page({
      collectors: () => [collectorState({ success: false, target: hostile, lastError: hostile })],
    });
    expect(text).not.toMatch(/<script|onclick='/);
    expect(text.split('&lt;script&gt;alert(1)').length).toBe(3);
  });

  it('shows a dash, not 0, while no source has told of devices', async () => {
    const base = httpDependencies().fleet;
    const byStatus = { online: 0, warning: 0, error: 0, offline: 0, maintenance: 0, unknown: 0 };
    const { text } = await page({ fleet: { ...base, counts: () => ({ available: false, byStatus }) } });
    expect(text.match(/<b>–<\/b>/g)).toHaveLength(6);
    expect(text).toContain('No source has told which devices there are yet.');
  });
});
