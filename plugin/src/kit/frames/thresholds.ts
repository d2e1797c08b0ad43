import {
  type Field,
  type FieldConfig,
  type Threshold,
  type ThresholdsConfig,
  ThresholdsMode,
} from '@grafana/data';

/** What a new panel has instead of Grafana's green and red: nothing is healthy before somebody says what is. */
export const NO_THRESHOLDS: ThresholdsConfig = {
  mode: ThresholdsMode.Absolute,
  steps: [{ value: -Infinity, color: 'text' }],
};

/** How the colours of the field's values came about. */
export interface ColorRule {
  /** `thresholds`: by steps; `scheme`: a fixed colour or a continuous scheme; `none`: nobody has chosen any. */
  readonly by: 'thresholds' | 'scheme' | 'none';
  /** Whether the steps are those that Grafana gives to every new panel: seldom chosen, often carried along. */
  readonly isGrafanasDefault: boolean;
}

const NONE: ColorRule = { by: 'none', isGrafanasDefault: false };

function isGrafanasDefault(steps: readonly Threshold[]): boolean {
  const [first, second, third] = steps;
  return first?.color === 'green' && second?.color === 'red' && second.value === 80 && third === undefined;
}

/** Whether the thresholds are those that Grafana gives to every new panel. */
export function hasGrafanasThresholds({ thresholds }: FieldConfig): boolean {
  return thresholds?.mode === ThresholdsMode.Absolute && isGrafanasDefault(thresholds.steps);
}

/** What the field's options say about colours. */
export function colorRuleOf({ config }: Field): ColorRule {
  const mode = config.color?.mode ?? 'thresholds';
  const steps = config.thresholds?.steps ?? [];
  if (mode !== 'thresholds') return { by: 'scheme', isGrafanasDefault: false };
  if (steps.length > 1) return { by: 'thresholds', isGrafanasDefault: hasGrafanasThresholds(config) };
  const [only] = steps;
  return only === undefined || only.color === 'text' ? NONE : { by: 'scheme', isGrafanasDefault: false };
}

/** One step of thresholds with what lies in it. */
export interface Band {
  readonly from: number;
  /** Undefined for the last. */
  readonly to: number | undefined;
}

/** The band of the field's thresholds that a value lies in, in the values' own unit; percentages count from minimum to maximum. */
export function bandOf(field: Field, value: number, percent: number): Band | undefined {
  const { thresholds, min, max } = field.config;
  if (thresholds === undefined) return undefined;
  const { steps } = thresholds;
  const isPercentage = thresholds.mode === ThresholdsMode.Percentage;
  const position = isPercentage ? percent * 100 : value;
  let index = 0;
  while (index + 1 < steps.length && position >= (steps[index + 1]?.value ?? Infinity)) index += 1;
  const low = field.state?.range?.min ?? min ?? 0;
  const high = field.state?.range?.max ?? max ?? 100;
  const toValue = (step: number) => (isPercentage ? low + (step / 100) * (high - low) : step);
  const next = steps[index + 1];
  const from = index === 0 ? -Infinity : toValue(steps[index]?.value ?? -Infinity);
  return { from, to: next === undefined ? undefined : toValue(next.value) };
}

/** `≥ 80 %` and the like. */
export function bandName({ from, to }: Band, format: (value: number) => string): string {
  if (!Number.isFinite(from)) return `< ${format(to ?? 0)}`;
  return to === undefined ? `≥ ${format(from)}` : `${format(from)} – ${format(to)}`;
}
