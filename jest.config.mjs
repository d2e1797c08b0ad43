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
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
});

// Real servers start inside tests; the limit only ends what hangs, it asserts no speed.
export default {
  projects: [...['exporter', 'simulator', 'dashboards', 'scripts'].map(project), plugin, pluginBrowser],
  testTimeout: 90_000,
};
