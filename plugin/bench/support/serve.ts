import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as esbuild from 'esbuild';

const DOCUMENT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Device status</title></head>
<body style="margin:0"><script src="/page.js"></script></body></html>`;

/** Grafana gives plugins its own router; on disk it lies beside the package that uses it. */
function grafanasRouter(plugin: string): string {
  const ui = createRequire(join(plugin, 'package.json')).resolve('@grafana/ui');
  return createRequire(ui).resolve('react-router-dom-v5-compat');
}

/** Gives the bundle another `@grafana/runtime`, which may itself import the real one. */
function otherRuntime(path: string): esbuild.Plugin {
  return {
    name: 'other runtime',
    setup: ({ onResolve }) => {
      onResolve({ filter: /^@grafana\/runtime$/ }, ({ importer }) =>
        importer === path ? undefined : { path },
      );
    },
  };
}

async function bundle(plugin: string, entry: string, runtime: string | undefined): Promise<string> {
  const result = await esbuild.build({
    entryPoints: [join(plugin, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    minify: process.env.BENCH_READABLE === undefined,
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.css': 'empty', '.ttf': 'empty' },
    alias: { 'react-router-dom': grafanasRouter(plugin) },
    logLevel: 'error',
    plugins: runtime === undefined ? [] : [otherRuntime(join(plugin, runtime))],
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  return file.text;
}

/** A page that mounts the panel with Grafana's real theme, on a free port of loopback. */
export interface PageServer {
  readonly url: string;
  close: () => Promise<void>;
}

/** `plugin` is the folder of this workspace; below it `entry` is the page's script, `runtime` its `@grafana/runtime`. */
export async function servePage(
  plugin: string,
  entry = 'bench/page/page.tsx',
  runtime?: string,
): Promise<PageServer> {
  const script = await bundle(plugin, entry, runtime);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/page.js') {
      response.setHeader('Content-Type', 'text/javascript').end(script);
    } else if (path.endsWith('.svg')) {
      // Grafana serves its icons; here they are blank.
      response.setHeader('Content-Type', 'image/svg+xml').end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    } else if (path !== '/') {
      response.writeHead(404).end();
    } else {
      response.setHeader('Content-Type', 'text/html').end(DOCUMENT);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
