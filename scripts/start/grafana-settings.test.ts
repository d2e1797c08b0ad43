import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { demoSettings, PLUGIN_IDS, provisioningVariables } from './grafana-settings.ts';
import { portsFrom } from './ports.ts';
import { ROOT } from './run-folder.ts';

const manifest = z.object({ id: z.string() });
const idIn = (path: string): string => manifest.parse(JSON.parse(readFileSync(path, 'utf8'))).id;

describe('demoSettings', () => {
  const settings = demoSettings(
    '/run/grafana',
    join(ROOT, 'dashboards', 'generated'),
    portsFrom({ GRAFANA_PORT: '3999' }),
  );

  it('allows exactly the plugins of this repository, nested ones included', () => {
    const source = join(ROOT, 'plugin', 'src');
    const panels = readdirSync(join(source, 'panels')).map((name) =>
      join(source, 'panels', name, 'plugin.json'),
    );
    const ids = [join(source, 'plugin.json'), ...panels].map(idIn);
    expect([...PLUGIN_IDS].sort()).toEqual(ids.sort());
    expect(settings['GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS']).toBe(PLUGIN_IDS.join(','));
  });

  it.each(['docs/installation.md', 'plugin/README.md', 'plugin/Dockerfile'])(
    'allows what %s says is to be allowed',
    (path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const lists = [...text.matchAll(/allow_loading_unsigned_plugins ?= ?(\S+)/gi)].map(([, ids]) => ids);
      expect(lists).toEqual([PLUGIN_IDS.join(',')]);
    },
  );

  it('listens on loopback, lets everybody look and nobody but admin change', () => {
    expect(settings).toMatchObject({
      GF_SERVER_HTTP_ADDR: '127.0.0.1',
      GF_SERVER_HTTP_PORT: '3999',
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
      GF_SECURITY_ADMIN_USER: 'admin',
      GF_SECURITY_ADMIN_PASSWORD: 'admin',
    });
  });

  it('fetches and reports nothing', () => {
    expect(settings).toMatchObject({
      GF_PLUGINS_PREINSTALL_DISABLED: 'true',
      GF_ANALYTICS_REPORTING_ENABLED: 'false',
      GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
      GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
      GF_NEWS_NEWS_FEED_ENABLED: 'false',
    });
  });

  it('opens on a dashboard of this repository', () => {
    const home = settings['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH'] ?? '';
    expect(readFileSync(home, 'utf8')).toContain('"uid": "valtronics-overview"');
  });

  it('keeps everything below the run’s folder', () => {
    const paths = Object.entries(settings).filter(([name]) => name.startsWith('GF_PATHS_'));
    expect(paths).toHaveLength(4);
    for (const [, path] of paths) expect(path).toMatch(/^\/run\/grafana\//);
  });
});

describe('provisioningVariables', () => {
  it('are exactly those that the provisioning files take', () => {
    const folder = join(ROOT, 'provisioning');
    const wanted = ['datasources', 'dashboards', 'plugins'].flatMap((name) => {
      const text = readFileSync(join(folder, name, 'valtronics.yml'), 'utf8');
      return [...text.matchAll(/: \$([A-Z]\w+)/g)].map(([, variable = '']) => variable);
    });
    const given = provisioningVariables('/d', 'secret', portsFrom({ EXPORTER_PORT: '8055' }));
    expect(Object.keys(given).sort()).toEqual([...new Set(wanted)].sort());
    expect(given).toMatchObject({
      VALTRONICS_DASHBOARDS_DIR: '/d',
      VALTRONICS_EXPORTER_URL: 'http://127.0.0.1:8055',
      VALTRONICS_TOKEN: 'secret',
    });
  });
});
