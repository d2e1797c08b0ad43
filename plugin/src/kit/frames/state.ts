import {
  type DisplayValue,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  type GrafanaTheme2,
} from '@grafana/data';
import { type CategoryInterner, categoryText } from './categories';
import { colorOfStatus, statusOfColor } from './colors';
import type { Category } from './category';
import type { Cell } from './cell';
import { mappingOf } from './mapping';
import { metricOf, STATUS_METRIC } from './roles';
import { statusOfCode } from '../../domain/fleet/deviceStatus';
import { type Status, statusOfForeignWord } from './status';
import { bandName, bandOf, colorRuleOf } from './thresholds';

/** Whether whole numbers 0 to 5 are read as Valtronics' status codes. */
export type StatusCodes = 'auto' | 'always' | 'never';

/** What a value says about its device. */
export interface Appraisal {
  readonly text: string;
  readonly value: number;
  readonly category: Category;
  /** Set for numbers that nobody classed: their place in the legend depends on all the others. */
  readonly scale?: Scale;
}

/** What the legend needs to know of numbers that only have a colour. */
export interface Scale {
  /** Values of the same unit share their bands. */
  readonly unit: string;
  readonly format: (value: number) => string;
  readonly colorOf: (value: number) => string;
  /** Whether somebody chose colours. */
  readonly isColored: boolean;
}

export interface StateContext {
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  readonly categories: CategoryInterner;
  readonly statusCodes: StatusCodes;
  /** The categories of the statuses; looked up once, as translating costs more than all else. */
  readonly statusCategory: (status: Status) => Category;
  /** Names of threshold bands by what they are made of: thousands of series share them, and formatting costs. */
  readonly bandNames: Map<string, string>;
}

function isMissing(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === '' || (typeof raw === 'number' && Number.isNaN(raw));
}

/** Whether numbers of the field are Valtronics' status codes: those of its own metric, or all when somebody says so. */
function areCodes({ frame, field }: Cell, setting: StatusCodes): boolean {
  if (setting !== 'auto') return setting === 'always';
  return metricOf(frame, field) === STATUS_METRIC;
}

/** A field's values turned into states. The order of what decides is that of the functions below. */
function createDecision(cell: Cell, context: StateContext): (raw: unknown) => Appraisal {
  const { field } = cell;
  const { theme, categories, statusCategory } = context;
  const { mappings, type, noValue } = field.config;
  const rule = colorRuleOf(field);
  const isCode = areCodes(cell, context.statusCodes);
  const process = field.display ?? getDisplayProcessor({ field, theme, timeZone: context.timeZone });
  const format = (value: number) => formattedValueToString(process(value));

  /** In the colour that the user gave: what it means decides, a word where the colour is silent. */
  const colored = (text: string, color: string, value: number): Appraisal => ({
    text,
    value,
    category: categories.of(text, color, statusOfColor(color, statusOfForeignWord(text))),
  });
  /** A known word in the colour of its status; any other is unknown. */
  const worded = (text: string, value: number, color?: string): Appraisal => {
    const status = statusOfForeignWord(text) ?? 'unknown';
    return { text, value, category: categories.of(text, color ?? colorOfStatus(theme, status), status) };
  };
  const coded = (code: number): Appraisal => {
    const category = statusCategory(statusOfCode(code));
    return { text: category.label, value: code, category };
  };
  const missing = (text: string, isOwn: boolean): Appraisal => ({
    text,
    value: Number.NaN,
    category: isOwn
      ? categories.of(text, colorOfStatus(theme, 'nodata'), 'nodata')
      : statusCategory('nodata'),
  });

  /** 1. What the user's value mappings say. */
  const byMapping = (raw: unknown, display: DisplayValue): Appraisal | undefined => {
    const mapping = mappingOf(mappings, raw);
    if (mapping === undefined) return undefined;
    const text = formattedValueToString(display);
    const color = display.color ?? '';
    if (mapping.color !== undefined && mapping.color !== '') return colored(text, color, display.numeric);
    if (isMissing(raw))
      return statusOfForeignWord(text) === undefined ? missing(text, true) : worded(text, Number.NaN);
    const isStepped = rule.by === 'thresholds' && !rule.isGrafanasDefault && !Number.isNaN(display.numeric);
    return isStepped ? colored(text, color, display.numeric) : worded(text, display.numeric);
  };
  /** 2. The words of an enum field. */
  const byEnum = (raw: unknown, display: DisplayValue): Appraisal | undefined => {
    if (field.type !== FieldType.enum || typeof raw !== 'number') return undefined;
    const isColored = (type?.enum?.color?.[raw] ?? '') !== '';
    return isColored && display.color !== undefined
      ? colored(display.text, display.color, display.numeric)
      : worded(display.text, display.numeric);
  };
  /** 3. The user's thresholds. */
  const byThresholds = (raw: number, display: DisplayValue): Appraisal | undefined => {
    const band = bandOf(field, raw, display.percent ?? 0);
    if (band === undefined) return undefined;
    const { unit = '', decimals = '' } = field.config;
    const key = `${band.from}|${band.to ?? ''}|${unit}|${decimals}`;
    // Mappings may rename the bounds, each field its own way.
    const isShared = (mappings?.length ?? 0) === 0;
    const label = (isShared ? context.bandNames.get(key) : undefined) ?? bandName(band, format);
    if (isShared) context.bandNames.set(key, label);
    const color = display.color ?? theme.colors.text.primary;
    const category = categories.of(label, color, statusOfColor(color, undefined), -band.from);
    return { text: formattedValueToString(display), value: display.numeric, category };
  };
  const scale: Scale = {
    unit: `${field.config.unit ?? ''}|${field.config.decimals ?? ''}`,
    format,
    colorOf: (value) =>
      rule.by === 'scheme' ? (process(value).color ?? theme.colors.text.primary) : theme.colors.text.primary,
    isColored: rule.by === 'scheme',
  };
  const measured = (raw: number, display: DisplayValue): Appraisal => ({
    text: formattedValueToString(display),
    value: raw,
    category: statusCategory('neutral'),
    scale,
  });
  const number = (raw: number): Appraisal => {
    if (rule.by === 'thresholds' && !rule.isGrafanasDefault) {
      const decided = byThresholds(raw, process(raw));
      if (decided !== undefined) return decided;
    }
    if (isCode) return coded(raw);
    const display = process(raw);
    return (rule.by === 'thresholds' ? byThresholds(raw, display) : undefined) ?? measured(raw, display);
  };
  const text = (raw: string, display: DisplayValue): Appraisal => {
    const shown = formattedValueToString(display);
    if (isCode && Number.isFinite(Number(raw))) return coded(Number(raw));
    return worded(shown, display.numeric, rule.by === 'scheme' ? display.color : undefined);
  };

  return (raw) => {
    const isPlain = (mappings?.length ?? 0) === 0;
    if (isPlain && isMissing(raw)) {
      const own = noValue ?? '';
      return own === '' ? missing(categoryText('nodata'), false) : missing(own, true);
    }
    if (isPlain && field.type !== FieldType.enum && typeof raw === 'number') return number(raw);
    const display = process(raw);
    const decided = byMapping(raw, display) ?? byEnum(raw, display);
    if (decided !== undefined) return decided;
    if (isMissing(raw)) {
      const own = noValue ?? '';
      return own === '' ? missing(categoryText('nodata'), false) : missing(own, true);
    }
    if (typeof raw === 'number') return number(raw);
    if (typeof raw === 'string') return text(raw, display);
    const shown = formattedValueToString(display);
    return {
      text: shown,
      value: display.numeric,
      category: categories.of(shown, theme.colors.text.primary, 'neutral'),
    };
  };
}

/** A status code of a field that says nothing else about its values: thousands of series have one each. */
function codeAtOnce(cell: Cell, raw: unknown, context: StateContext): Appraisal | undefined {
  const { field } = cell;
  if (typeof raw !== 'number' || Number.isNaN(raw) || field.type === FieldType.enum) return undefined;
  if ((field.config.mappings?.length ?? 0) > 0 || !areCodes(cell, context.statusCodes)) return undefined;
  const rule = colorRuleOf(field);
  if (rule.by === 'thresholds' && !rule.isGrafanasDefault) return undefined;
  const category = context.statusCategory(statusOfCode(raw));
  return { text: category.label, value: raw, category };
}

/** An appraiser of a field's values that works out each distinct value once. */
export function createAppraiser(cell: Cell, context: StateContext): (raw: unknown) => Appraisal {
  let decision: ((raw: unknown) => Appraisal) | undefined;
  const decide = (raw: unknown): Appraisal => {
    const code = codeAtOnce(cell, raw, context);
    if (code !== undefined) return code;
    decision ??= createDecision(cell, context);
    return decision(raw);
  };
  // A series has one value: no map for it.
  let first: { readonly raw: unknown; readonly appraisal: Appraisal } | undefined;
  let others: Map<unknown, Appraisal> | undefined;
  return (raw) => {
    if (first === undefined) {
      first = { raw, appraisal: decide(raw) };
      return first.appraisal;
    }
    if (Object.is(first.raw, raw)) return first.appraisal;
    others ??= new Map();
    let found = others.get(raw);
    if (found === undefined) {
      found = decide(raw);
      others.set(raw, found);
    }
    return found;
  };
}
