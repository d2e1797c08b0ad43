import {
  type DisplayValue,
  type Field,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  type GrafanaTheme2,
  ThresholdsMode,
} from '@grafana/data';
import { type CategoryInterner, categoryText } from './categories';
import { colorOfStatus, statusOfColor } from './colors';
import type { Category } from './device';
import { isMapped } from './mapping';
import { STATUS_OF_CODE, type Status, statusOfWord } from './status';

/** What the field's options make of a value. */
export interface Appraisal {
  readonly text: string;
  readonly value: number;
  readonly category: Category;
}

export interface AppraiseContext {
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  readonly categories: CategoryInterner;
  /** Whether numbers without a mapping are Valtronics' status codes. */
  readonly isCode: boolean;
  /** The categories of the statuses; looked up once, as translating costs more than all else. */
  readonly statusCategory: (status: Status) => Category;
  /** Names of threshold bands by what they are made of: thousands of series share them, and formatting costs. */
  readonly bandNames: Map<string, string>;
}

function isMissing(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === '' || (typeof raw === 'number' && Number.isNaN(raw));
}

function colorOf(display: DisplayValue, theme: GrafanaTheme2): string {
  return display.color === undefined || display.color === '' ? theme.colors.text.secondary : display.color;
}

/** `≥ 80 %` and the like for the step of the thresholds that a value is in; undefined without absolute steps. */
function bandOf(
  field: Field,
  value: number,
  format: (value: number) => string,
  known: Map<string, string>,
): string | undefined {
  const { thresholds } = field.config;
  if (thresholds === undefined || thresholds.mode !== ThresholdsMode.Absolute) return undefined;
  const { steps } = thresholds;
  if (steps.length < 2 || (field.config.color?.mode ?? 'thresholds') !== 'thresholds') return undefined;
  let index = 0;
  while (index + 1 < steps.length && value >= (steps[index + 1]?.value ?? Infinity)) index += 1;
  const from = steps[index]?.value ?? -Infinity;
  const to = steps[index + 1]?.value;
  const { unit, decimals } = field.config;
  const key = `${from}|${to ?? ''}|${unit ?? ''}|${decimals ?? ''}`;
  // Mappings may rename the bounds, each field its own way.
  const isShared = (field.config.mappings?.length ?? 0) === 0;
  const found = isShared ? known.get(key) : undefined;
  if (found !== undefined) return found;
  const name = bandName(from, to, format);
  if (isShared) known.set(key, name);
  return name;
}

function bandName(from: number, to: number | undefined, format: (value: number) => string): string {
  if (!Number.isFinite(from)) return `< ${format(to ?? 0)}`;
  return to === undefined ? `≥ ${format(from)}` : `${format(from)} – ${format(to)}`;
}

/** What needs no work of Grafana's: missing values and status codes of fields that say nothing else about them. */
function appraiseAtOnce(field: Field, raw: unknown, context: AppraiseContext): Appraisal | undefined {
  if ((field.config.mappings?.length ?? 0) > 0) return undefined;
  if (isMissing(raw)) {
    if ((field.config.noValue ?? '') !== '') return undefined;
    const category = context.statusCategory('nodata');
    return { text: category.label, value: Number.NaN, category };
  }
  if (!context.isCode || typeof raw !== 'number') return undefined;
  const category = context.statusCategory(STATUS_OF_CODE[raw] ?? 'unknown');
  return { text: category.label, value: raw, category };
}

function appraise(field: Field, raw: unknown, context: AppraiseContext): Appraisal {
  const { theme, categories } = context;
  const mapped = isMapped(field.config.mappings, raw);
  const process = field.display ?? getDisplayProcessor({ field, theme, timeZone: context.timeZone });
  const display = process(raw);
  const text = formattedValueToString(display);
  const category = (label: string, color: string, status: Status) => categories.of(label, color, status);

  if (mapped) {
    const color = colorOf(display, theme);
    const status = isMissing(raw) ? 'nodata' : (statusOfWord(text) ?? statusOfColor(color));
    return { text, value: display.numeric, category: category(text, color, status) };
  }
  if (isMissing(raw)) {
    const noValue = field.config.noValue ?? '';
    const label = noValue === '' ? context.statusCategory('nodata').label : noValue;
    const color = colorOfStatus(theme, 'nodata');
    return { text: label, value: Number.NaN, category: category(label, color, 'nodata') };
  }
  if (context.isCode && typeof raw === 'number') {
    const code = context.statusCategory(STATUS_OF_CODE[raw] ?? 'unknown');
    return { text: code.label, value: raw, category: code };
  }
  const word = typeof raw === 'string' || field.type === FieldType.enum ? statusOfWord(text) : undefined;
  if (word !== undefined) {
    return { text, value: display.numeric, category: category(text, colorOfStatus(theme, word), word) };
  }
  const color = colorOf(display, theme);
  const format = (step: number) => formattedValueToString(process(step));
  const band = typeof raw === 'number' ? bandOf(field, raw, format, context.bandNames) : undefined;
  const isText = typeof raw !== 'number';
  const isScheme = band === undefined && !isText;
  const label = band ?? (isText ? text : categoryText('value'));
  const legendColor = isScheme ? theme.colors.text.primary : color;
  const base = category(label, legendColor, statusOfColor(color));
  return { text, value: display.numeric, category: isScheme ? categories.tint(base, color) : base };
}

/** An appraiser of a field's values that works out each distinct value once. */
export function createAppraiser(field: Field, context: AppraiseContext): (raw: unknown) => Appraisal {
  // A series has one value: no map for it.
  let first: { readonly raw: unknown; readonly appraisal: Appraisal } | undefined;
  let others: Map<unknown, Appraisal> | undefined;
  return (raw) => {
    const atOnce = appraiseAtOnce(field, raw, context);
    if (atOnce !== undefined) return atOnce;
    if (first === undefined) {
      first = { raw, appraisal: appraise(field, raw, context) };
      return first.appraisal;
    }
    if (Object.is(first.raw, raw)) return first.appraisal;
    others ??= new Map();
    let found = others.get(raw);
    if (found === undefined) {
      found = appraise(field, raw, context);
      others.set(raw, found);
    }
    return found;
  };
}
