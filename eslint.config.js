import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { layersRule } from './scripts/layers/rule.ts';

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
  {
    files: ['*/src/**/*.{ts,tsx}'],
    // Tests and what helps them may look at anything.
    ignores: ['**/*.test.{ts,tsx}', '**/*.fixture.{ts,tsx}', '**/test-support/**'],
    plugins: { layers: { rules: { imports: layersRule } } },
    rules: { 'layers/imports': 'error' },
  },
  {
    files: ['plugin/src/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@grafana/ui',
              importNames: ['TextLink', 'LinkButton'],
              message:
                'They decode addresses, and LinkButton knows no base path: PageLink and HrefLink of kit/links do not.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['plugin/src/domain/**/*.{ts,tsx}'],
    ignores: ['**/*.test.{ts,tsx}', '**/*.fixture.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(@grafana|react)', message: 'domain is logic alone.' }] },
      ],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/**', '**/bench/**'], rules: { 'no-console': 'off' } },
);
