import type { Field } from '@grafana/data';
import { classify } from '../../../kit/frames/bands';
import type { Category } from '../../../kit/frames/category';
import type { Cell } from '../../../kit/frames/cell';
import { mappingOf } from '../../../kit/frames/mapping';
import { type Appraisal, createAppraiser, type StateContext } from '../../../kit/frames/state';

/** Nothing is known. */
export const GAP = -1;
/** The frame has no value of this device at the moment: another device has. */
export const NOTHING = -2;

/** Codes and small whole numbers are looked up in a list. */
const SMALL = 32;

function isMissing(raw: unknown): boolean {
  return raw === null || raw === '' || (typeof raw === 'number' && Number.isNaN(raw));
}

/** Collects what values mean; which kind of state each is, is known when all have been seen. */
export interface KindCollector {
  /** A reader of one field's values: the number of what a value means, {@link GAP} or {@link NOTHING}. */
  readerOf: (cell: Cell) => (raw: unknown) => number;
  /** The kinds of states, and the kind of every number that readers gave out. */
  finish: () => { readonly categories: readonly Category[]; readonly kindOf: Uint16Array };
}

/** A missing value is a gap, and no state, unless somebody has mapped it to one. */
export function createKindCollector(context: StateContext): KindCollector {
  const appraisals: Appraisal[] = [];
  const readers = new Map<Field, (raw: unknown) => number>();

  const createReader = (cell: Cell) => {
    const appraise = createAppraiser(cell, context);
    const { mappings } = cell.field.config;
    const small = new Int32Array(SMALL).fill(NOTHING);
    const others = new Map<unknown, number>();
    const learn = (raw: unknown): number => {
      if (isMissing(raw) && mappingOf(mappings, raw) === undefined) return GAP;
      appraisals.push(appraise(raw));
      return appraisals.length - 1;
    };
    return (raw: unknown): number => {
      if (raw === undefined) return NOTHING;
      if (typeof raw === 'number' && raw >= 0 && raw < SMALL && Number.isInteger(raw)) {
        const known = small[raw] ?? NOTHING;
        if (known !== NOTHING) return known;
        const learnt = learn(raw);
        small[raw] = learnt;
        return learnt;
      }
      let known = others.get(raw);
      if (known === undefined) {
        known = learn(raw);
        others.set(raw, known);
      }
      return known;
    };
  };

  return {
    readerOf: (cell) => {
      const known = readers.get(cell.field) ?? createReader(cell);
      readers.set(cell.field, known);
      return known;
    },
    finish: () => {
      const categories: Category[] = [];
      const places = new Map<Category, number>();
      const kindOf = new Uint16Array(appraisals.length);
      classify(appraisals, context.categories).forEach((category, index) => {
        let place = places.get(category);
        if (place === undefined) {
          place = categories.length;
          categories.push(category);
          places.set(category, place);
        }
        kindOf[index] = place;
      });
      return { categories, kindOf };
    },
  };
}
