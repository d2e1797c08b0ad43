import { deductionsOf } from './deductions.ts';
import { COMPONENTS, type Component, type HealthInputs } from './inputs.ts';
import { scoreComponents, WEIGHTS } from './score.ts';

/** One component for people. */
export interface Explanation {
  readonly component: Component | 'overall';
  /** 0 to 100; null when it is not measured. */
  readonly score: number | null;
  /** Why the score is what it is: one sentence, e.g. `−40: 95 % of requests take up to 5.0 s`. */
  readonly explanation: string;
}

const MINUS = '\u2212';

/** Whether all that is known of the component is what the API's health document says, its own source not being configured. */
function isHearsay(component: Component, inputs: HealthInputs): boolean {
  if (component === 'redis') return inputs.redisUp === undefined;
  return component === 'database' && inputs.databaseCollected === undefined;
}

function wordsOf(component: Component, inputs: HealthInputs): string {
  const deductions = deductionsOf(component, inputs);
  if (deductions === undefined) return 'not measured';
  if (deductions.length === 0) {
    return isHearsay(component, inputs)
      ? "the API's health document calls it healthy; its own collector is not configured"
      : 'nothing to complain about';
  }
  return deductions.map(({ points, reason }) => `${MINUS}${Number(points.toFixed(1))}: ${reason}`).join('; ');
}

/** The words that make up every score, `overall` first, in the order of pages. */
export function explainHealth(inputs: HealthInputs): Explanation[] {
  const scores = scoreComponents(inputs);
  const measured = COMPONENTS.filter((component) => scores.has(component));
  const parts = measured.map((component) => `${component} ${WEIGHTS[component]}`).join(', ');
  return [
    {
      component: 'overall',
      score: scores.get('overall') ?? null,
      explanation: measured.length === 0 ? 'not measured' : `mean of what is measured, by weight: ${parts}`,
    },
    ...COMPONENTS.map((component) => ({
      component,
      score: scores.get(component) ?? null,
      explanation: wordsOf(component, inputs),
    })),
  ];
}
