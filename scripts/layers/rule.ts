import type { Rule } from 'eslint';
import { importedPlace, mayImport, placeOf } from './layers.ts';

/** ESLint rule: relative imports keep to the layers. */
export const layersRule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      upwards:
        '{{from}} may not import from {{to}}: scripts/layers/layers.ts says which layer of {{source}} may use which. Move what both need down, or pass it in.',
    },
  },
  create(context) {
    const from = placeOf(context.filename);
    if (from === undefined) return {};
    const check: NonNullable<Rule.RuleListener['ImportDeclaration']> = ({ source }) => {
      const to = typeof source.value === 'string' ? importedPlace(context.filename, source.value) : undefined;
      if (to === undefined || mayImport(from, to)) return;
      const data = { from: from.layer, to: to.layer, source: from.source };
      context.report({ node: source, messageId: 'upwards', data });
    };
    return { ImportDeclaration: check };
  },
};
