import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const PLUGIN = join(__dirname, '..');
const DIST = join(PLUGIN, 'dist');
const KILOBYTE = 1000;
/** The app and the plugins inside it. */
const FOLDERS = ['.', 'panels/alerts', 'panels/device-status', 'panels/timeline'];

const manifest = z.object({
  id: z.string(),
  type: z.string(),
  info: z.object({
    author: z.object({ name: z.string() }),
    description: z.string(),
    version: z.string(),
    keywords: z.array(z.string()),
    logos: z.object({ small: z.string(), large: z.string() }),
    links: z.array(z.object({ name: z.string(), url: z.url() })),
    screenshots: z.array(z.object({ name: z.string(), path: z.string() })).default([]),
  }),
  includes: z
    .array(z.object({ type: z.string(), name: z.string(), path: z.string(), role: z.string().optional() }))
    .default([]),
  routes: z
    .array(z.object({ path: z.string(), method: z.string(), reqRole: z.string(), url: z.string() }))
    .default([]),
  languages: z.array(z.string()),
  dependencies: z.object({ grafanaDependency: z.string() }),
});

const sourceMap = z.object({ sources: z.array(z.string()) });

function read(path: string): string {
  return readFileSync(join(DIST, path), 'utf8');
}

function manifestAt(folder: string) {
  return manifest.parse(JSON.parse(read(join(folder, 'plugin.json'))));
}

function gzipSize(path: string): number {
  return gzipSync(read(path)).length;
}

beforeAll(() => {
  execFileSync(
    process.execPath,
    [
      join(PLUGIN, '..', 'node_modules', 'webpack', 'bin', 'webpack.js'),
      '-c',
      './webpack.config.ts',
      '--env',
      'production',
    ],
    { cwd: PLUGIN, stdio: 'pipe' },
  );
}, 300_000);

describe('the built plugin', () => {
  it('has the ids that the contract fixes, and ids that Grafana accepts', () => {
    expect(manifestAt('.').id).toBe('valtronics-monitoring-app');
    expect(manifestAt('panels/device-status').id).toBe('valtronics-devicestatus-panel');
    expect(manifestAt('panels/alerts').id).toBe('valtronics-alerts-panel');
    expect(manifestAt('panels/timeline').id).toBe('valtronics-timeline-panel');
    for (const folder of FOLDERS) {
      expect(manifestAt(folder).id).toMatch(/^[0-9a-z]+-([0-9a-z]+-)?(app|panel|datasource)$/);
    }
  });

  it('declares each nested plugin, and no other, with type and path', () => {
    const nested = readdirSync(join(DIST, 'panels')).map((name) => `panels/${name}/plugin.json`);
    const included = manifestAt('.').includes.filter(({ type }) => type === 'panel');
    expect(included.map(({ path }) => path).sort()).toEqual(nested.sort());
    for (const { path, type } of included) {
      expect(manifestAt(path.replace('/plugin.json', '')).type).toBe(type);
    }
  });

  it('brings every dashboard that it names, with the revision by which Grafana imports each once a version', () => {
    const dashboard = z.object({ title: z.string(), uid: z.string(), id: z.null(), revision: z.number() });
    const included = manifestAt('.').includes.filter(({ type }) => type === 'dashboard');
    expect(included.map(({ path }) => path).sort()).toEqual(
      readdirSync(join(DIST, 'dashboards'))
        .map((name) => `dashboards/${name}`)
        .sort(),
    );
    const [major, minor, patch] = manifestAt('.').info.version.split('.').map(Number);
    for (const { name, path } of included) {
      const { title, uid, revision } = dashboard.parse(JSON.parse(read(path)));
      expect([title, `dashboards/${uid}.json`]).toEqual([name, path]);
      expect(revision).toBe(Number(major) * 1e6 + Number(minor) * 1e3 + Number(patch));
    }
  });

  it('brings every picture, module, map and text that its manifests name', () => {
    for (const folder of FOLDERS) {
      const { id, info, languages } = manifestAt(folder);
      const paths = [
        info.logos.small,
        info.logos.large,
        ...info.screenshots.map(({ path }) => path),
        'module.js',
        'module.js.map',
        ...languages.map((language) => `locales/${language}/${id}.json`),
      ];
      expect(paths.filter((path) => !existsSync(join(DIST, folder, path)))).toEqual([]);
    }
  });

  it('gives the alerts panel the texts of the parts that it shares with the pages', () => {
    const shape = z.object({
      problem: z.record(z.string(), z.unknown()),
      alerts: z.object({
        active: z.record(z.string(), z.unknown()),
        actions: z.record(z.string(), z.unknown()),
        panel: z.record(z.string(), z.unknown()),
      }),
    });
    for (const language of manifestAt('panels/alerts').languages) {
      const textsOf = (path: string): unknown => JSON.parse(read(path));
      const panel = shape.parse(textsOf(`panels/alerts/locales/${language}/valtronics-alerts-panel.json`));
      const app = shape
        .omit({ alerts: true })
        .extend({ alerts: shape.shape.alerts.omit({ panel: true }) })
        .parse(textsOf(`locales/${language}/valtronics-monitoring-app.json`));
      expect(panel.problem).toEqual(app.problem);
      expect({ ...panel.alerts, panel: undefined }).toEqual({ ...app.alerts, panel: undefined });
      expect(panel.alerts.panel).toHaveProperty('calm');
    }
  });

  it('gives panels of devices the texts that they share', () => {
    const shape = z.object({ panels: z.record(z.string(), z.unknown()) });
    for (const [folder, id] of [
      ['panels/device-status', 'valtronics-devicestatus-panel'],
      ['panels/timeline', 'valtronics-timeline-panel'],
    ] as const) {
      for (const language of manifestAt(folder).languages) {
        const textsOf = (path: string): unknown => JSON.parse(read(path));
        const panel = shape.parse(textsOf(`${folder}/locales/${language}/${id}.json`));
        const app = shape.parse(textsOf(`locales/${language}/valtronics-monitoring-app.json`));
        expect(panel.panels).toEqual(app.panels);
        expect(panel.panels).toHaveProperty('status');
      }
    }
  });

  it('has a version, an author, links, keywords and a description', () => {
    for (const folder of FOLDERS) {
      const { info } = manifestAt(folder);
      expect(info.author.name).toBe('Valtronics');
      expect(info.links.map(({ name }) => name)).toContain('Documentation');
      expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(info.links.length).toBeGreaterThan(0);
      expect(info.keywords.length).toBeGreaterThan(0);
      expect(info.description.length).toBeGreaterThan(30);
    }
  });

  it('states the Grafana it needs so that pre-releases can install it', () => {
    expect(manifestAt('.').dependencies.grafanaDependency).toBe('>=12.3.0-0');
  });

  it('has logos without script or foreign addresses', () => {
    for (const folder of FOLDERS) {
      const logo = read(join(folder, manifestAt(folder).info.logos.small));
      expect(logo).not.toMatch(/<script|on\w+=|href=|javascript:/i);
    }
  });

  it('waits to be enabled, as the catalogue wants it', () => {
    expect(JSON.parse(read('plugin.json'))).not.toHaveProperty('autoEnabled');
  });

  it('shows pictures in its readme by addresses that work anywhere', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(
      ([, address = '']) => address,
    );
    expect(pictures.length).toBeGreaterThan(0);
    for (const address of pictures) {
      expect(address).toMatch(/^https:\/\/raw\.githubusercontent\.com\/AutoBotSolutions\/Valtronics\/v\d/);
      expect(existsSync(join(PLUGIN, address.replace(/^.*\/plugin\//, '')))).toBe(true);
    }
  });

  it('lets viewers read from the exporter and only editors write', () => {
    const routes = manifestAt('.').routes.map(({ path, method, reqRole }) => `${method} ${path} ${reqRole}`);
    expect(routes.sort()).toEqual(['GET exporter/* Viewer', 'POST exporter/* Editor']);
  });

  it('has a readme of its own, a changelog and the licence', () => {
    expect(read('README.md').length).toBeGreaterThan(500);
    expect(read('README.md')).not.toMatch(/scaffold|This is a starting point/i);
    expect(read('CHANGELOG.md')).toContain('0.1.0');
    expect(read('LICENSE')).toContain('Apache License');
  });

  it('is built by the configuration of create-plugin', () => {
    expect(readFileSync(join(PLUGIN, '.config/webpack/webpack.config.ts'), 'utf8')).toContain(
      '@grafana/create-plugin',
    );
    expect(read('module.js')).toContain('[create-plugin] version');
  });

  it('shares React with Grafana instead of bringing it', () => {
    const maps = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js.map'),
    );
    const sources = maps.flatMap((name) => sourceMap.parse(JSON.parse(read(name))).sources);
    expect(sources.some((source) => source.includes('node_modules/'))).toBe(true);
    expect(sources.filter((source) => /node_modules\/react(?:-dom)?\//.test(source))).toEqual([]);
  });

  it('keeps its size: entry, panels, and chunks of pages except the one with scenes', () => {
    expect(gzipSize('module.js')).toBeLessThanOrEqual(10 * KILOBYTE);
    for (const name of readdirSync(join(DIST, 'panels'))) {
      expect(gzipSize(`panels/${name}/module.js`)).toBeLessThanOrEqual(60 * KILOBYTE);
    }
    const chunks = readdirSync(DIST).filter((name) => name.endsWith('.js') && name !== 'module.js');
    const large = chunks.filter((name) => gzipSize(name) > 150 * KILOBYTE);
    const withoutScenes = large.filter((name) => !read(name).includes('SceneQueryRunner'));
    expect(withoutScenes).toEqual([]);
  });
});
