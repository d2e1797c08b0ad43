import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { plugin, pluginBrowser } from './plugin/jest.config.mjs';

/** Tests run as native ES modules, as the product does; swc only strips the types. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
};

const project = (name) => ({
  ...common,
  displayName: name,
  rootDir: `<rootDir>/${name}`,
  testMatch: ['<rootDir>/**/*.test.ts'],
  moduleNameMapper: {
    '^fast-check$': fileURLToPath(new URL('scripts/run-tests/seeded-fast-check.mjs', import.meta.url)),
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
});

// Many tests wait for real servers, so two run at a time even on two cores. A worker that has grown starts anew: native
// modules of earlier files are never freed and slow down later ones. The time limit only ends what hangs.
export default {
  projects: [
    ...['exporter', 'promql', 'simulator', 'dashboards', 'scripts'].map(project),
    plugin,
    pluginBrowser,
  ],
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '1GB',
  testTimeout: 240_000,
};
