import { WILDCARD } from './masking.ts';
import { type Pattern, widen } from './pattern.ts';

/** Levels of the tree: the number of words, the first word, the second, and the patterns. */
const WORDS_ON_THE_WAY = 2;
const MOST_CHILDREN = 32;
/** Part of the words that must be equal. */
const SIMILARITY = 0.5;
/** Of fewer words, half of them equal says nothing: all must be. */
const FEWEST_WORDS = 4;

interface Node {
  readonly children: Map<string | number, Node>;
  readonly patterns: Pattern[];
  /** Takes the node out of the tree when nothing is below it any more; the root stays. */
  prune(): void;
}

/** Drain's tree: finds the pattern of a message by its length and first words, then by similarity. */
export interface TemplateTree {
  /** The pattern that the words follow; it is made wider where they differ. */
  match(words: readonly string[]): { readonly pattern: Pattern; readonly widened: boolean } | undefined;
  insert(pattern: Pattern): void;
  remove(pattern: Pattern): void;
}

function newNode(parent?: Node, key: string | number = ''): Node {
  const node: Node = {
    children: new Map(),
    patterns: [],
    prune: () => {
      if (node.children.size > 0 || node.patterns.length > 0) return;
      parent?.children.delete(key);
      parent?.prune();
    },
  };
  parent?.children.set(key, node);
  return node;
}

/** The branch of a word: one with digits is probably different in the next line. */
const branchOf = (word: string | undefined): string =>
  word === undefined || word === WILDCARD || /\d/.test(word) ? WILDCARD : word;

/** Part of the words that are equal; undefined when that is less than {@link SIMILARITY}. */
function similarity(template: readonly string[], words: readonly string[]): number | undefined {
  let equal = 0;
  for (let index = 0; index < words.length; index++) if (template[index] === words[index]) equal++;
  if (words.length < FEWEST_WORDS) return equal === words.length ? 1 : undefined;
  const part = equal / words.length;
  return part < SIMILARITY ? undefined : part;
}

export function createTemplateTree(): TemplateTree {
  const root = newNode();
  const leaves = new Map<Pattern, Node>();

  /** The leaf of the words; with `grow`, what is missing of the way is made. */
  function leafOf(words: readonly string[], grow: boolean): Node | undefined {
    let node = root.children.get(words.length) ?? (grow ? newNode(root, words.length) : undefined);
    for (let step = 0; node !== undefined && step < Math.min(WORDS_ON_THE_WAY, words.length); step++) {
      const { children }: Node = node;
      const wanted = branchOf(words[step]);
      const branch = children.has(wanted) || (grow && children.size < MOST_CHILDREN) ? wanted : WILDCARD;
      node = children.get(branch) ?? (grow ? newNode(node, branch) : undefined);
    }
    return node;
  }

  return {
    match: (words) => {
      let best: Pattern | undefined;
      let most = 0;
      for (const pattern of leafOf(words, false)?.patterns ?? []) {
        const part = similarity(pattern.words, words);
        if (part === undefined || part <= most) continue;
        best = pattern;
        most = part;
      }
      return best === undefined ? undefined : { pattern: best, widened: widen(best, words) };
    },
    insert: (pattern) => {
      const leaf = leafOf(pattern.words, true);
      if (leaf === undefined) return;
      leaf.patterns.push(pattern);
      leaves.set(pattern, leaf);
    },
    remove: (pattern) => {
      const leaf = leaves.get(pattern);
      if (leaf === undefined) return;
      leaf.patterns.splice(leaf.patterns.indexOf(pattern), 1);
      leaf.prune();
      leaves.delete(pattern);
    },
  };
}
