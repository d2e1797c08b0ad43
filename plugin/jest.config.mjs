import { fileURLToPath } from 'node:url';

/** Packages that ship ES modules only, or syntax that Jest's CommonJS loader does not read. */
const esModules = [
  '@grafana',
  '@openfeature',
  '@wojtekmaj',
  'd3',
  'd3-[a-z]+',
  'internmap',
  'delaunator',
  'robust-predicates',
  'get-user-locale',
  'marked',
  'memoize',
  'mimic-function',
  'micro-memoize',
  'ol',
  'quickselect',
  'rbush',
  'react-calendar',
  'react-colorful',
  'rxjs',
  'uuid',
];

const swc = (syntax) => [
  '@swc/jest',
  {
    jsc: { parser: syntax, target: 'es2024', transform: { react: { runtime: 'automatic' } } },
    module: { type: 'commonjs' },
  },
];

const rootDir = fileURLToPath(new URL('.', import.meta.url));

const common = {
  rootDir,
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/e2e/'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  transform: {
    '^.+\\.tsx?$': swc({ syntax: 'typescript', tsx: true }),
    '^.+\\.m?jsx?$': swc({ syntax: 'ecmascript', jsx: true }),
  },
  transformIgnorePatterns: [`/node_modules/(?!.*(?:(?:${esModules.join('|')})/|\\.mjs$))`],
};

/** Logic and components in jsdom; what needs a canvas or a layout is tested in a real Chromium (`test/`). */
export const plugin = {
  ...common,
  displayName: 'plugin',
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/src/**/*.test.{ts,tsx}'],
  setupFilesAfterEnv: ['<rootDir>/test/support/setup-jsdom.ts'],
  moduleNameMapper: {
    '\\.(css|scss|svg|png)$': '<rootDir>/test/support/asset.ts',
    '^react-inlinesvg$': '<rootDir>/test/support/inline-svg.tsx',
    '^fast-check$': '<rootDir>/../scripts/run-tests/seeded-fast-check.mjs',
  },
};

/** The built package and the panel in Chromium. */
export const pluginBrowser = {
  ...common,
  displayName: 'plugin-browser',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
};
