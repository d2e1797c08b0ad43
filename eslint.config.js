import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The plugin's layers, lowest first: each may import those before it. Panels and pages do not know each other. */
const PLUGIN_LAYERS = ['domain', 'api', 'kit', 'features', 'extensions', 'pages', 'panels'];

/** The rule of one layer: what it may not import. Tests and fixtures may import what they like. */
function pluginLayer(layer, index) {
  const above = PLUGIN_LAYERS.slice(index + 1).map((name) => `\\.\\./${name}/`);
  const patterns = [
    {
      regex: [...above, ...(layer === 'panels' ? ['\\.\\./(pages|extensions)/'] : [])].join('|'),
      message: `${layer} is below it.`,
    },
    ...(layer === 'domain' ? [{ regex: '^(@grafana|react)', message: 'domain is logic alone.' }] : []),
  ];
  return {
    files: [`plugin/src/${layer}/**/*.{ts,tsx}`],
    ignores: ['**/*.test.{ts,tsx}', '**/*.fixture.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: patterns.filter(({ regex }) => regex !== '') }] },
  };
}

export default tseslint.config(
  // plugin/.config is create-plugin's, kept as it generates it; webpack.config.ts has its untyped parts around it.
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.run/**',
      'coverage/**',
      'plugin/.config/**',
      'plugin/webpack.config.ts',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Objects here are closures without `this`; taking a method off one is safe.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['plugin/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Literal[value=/^(#[0-9a-fA-F]{3,8}|(rgb|hsl)a?\\(.*\\))$/]',
          message: "Take colours from the theme: both themes and Grafana's palettes must work.",
        },
      ],
    },
  },
  ...PLUGIN_LAYERS.map(pluginLayer),
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/**', '**/bench/**'], rules: { 'no-console': 'off' } },
);
