import type { CategoryInterner } from './categories';
import type { Category } from './category';
import type { Appraisal, Scale } from './state';

/** Up to this many different values are each an entry of the legend; more are gathered in bands. */
const MOST_VALUES = 6;
const BANDS = 4;

type Measured = Appraisal & { readonly scale: Scale };

function isMeasured(appraisal: Appraisal): appraisal is Measured {
  return appraisal.scale !== undefined;
}

function hasFewTexts(members: readonly Measured[]): boolean {
  const texts = new Set<string>();
  for (const { text } of members) {
    texts.add(text);
    if (texts.size > MOST_VALUES) return false;
  }
  return true;
}

/** Equal parts of the range that the values take, the highest ranked first. */
function createBands(members: readonly Measured[], { format, colorOf }: Scale, categories: CategoryInterner) {
  const values = members.map(({ value }) => value).filter(Number.isFinite);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const width = (high - low) / BANDS;
  const bands = Array.from({ length: BANDS }, (_, index) => {
    const from = low + index * width;
    const color = colorOf(from + width / 2);
    return categories.of(`${format(from)} – ${format(from + width)}`, color, 'neutral', -index);
  });
  return (value: number) => bands[Math.min(BANDS - 1, Math.max(0, Math.floor((value - low) / width)))];
}

/**
 * Entries of the legend for numbers that nobody classed: each value when they are few, else bands of values. The
 * category of every appraisal, in their order.
 */
export function classify(
  appraisals: readonly Appraisal[],
  categories: CategoryInterner,
): readonly Category[] {
  const units = new Map<string, Measured[]>();
  for (const appraisal of appraisals) {
    if (!isMeasured(appraisal)) continue;
    const members = units.get(appraisal.scale.unit);
    if (members === undefined) units.set(appraisal.scale.unit, [appraisal]);
    else members.push(appraisal);
  }
  if (units.size === 0) return appraisals.map(({ category }) => category);
  const bandsOf = new Map<string, (appraisal: Measured) => Category | undefined>();
  for (const [unit, members] of units) {
    const [first] = members;
    if (first === undefined) continue;
    if (hasFewTexts(members)) {
      bandsOf.set(unit, ({ text, value, scale }) =>
        categories.of(text, scale.colorOf(value), 'neutral', -value),
      );
    } else {
      const bandOf = createBands(members, first.scale, categories);
      bandsOf.set(unit, ({ value }) => bandOf(value));
    }
  }
  return appraisals.map((appraisal) => {
    if (!isMeasured(appraisal)) return appraisal.category;
    const { scale, value } = appraisal;
    const band = bandsOf.get(scale.unit)?.(appraisal) ?? appraisal.category;
    return scale.isColored ? categories.tint(band, scale.colorOf(value)) : band;
  });
}
