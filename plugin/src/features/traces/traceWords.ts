import { t } from '@grafana/i18n';
import { workWords } from '../../kit/time/timeWords';
import { numberWords, shareWords } from '../../kit/words/numbers';

/** The share of failed requests of the alert HighErrorRate. */
export const HIGH_ERROR_RATE = 0.05;

/** A length of time as spans need it: `0.42 ms`, `8.5 ms`, `240 ms`, `1.2 s`. Milliseconds. */
export function latencyWords(ms: number): string {
  if (ms >= 10) return workWords(ms / 1000);
  return `${numberWords(ms, { maximumSignificantDigits: 2 })} ms`;
}

/** How often a second, as short as a label needs it. */
export function rateWords(rate: number): string {
  return t('traces.map.rate', '{{rate}}/s', {
    rate: numberWords(rate, rate < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }),
  });
}

/** A share of failed ones: one that is there is never said to be none. */
export function errorWords(share: number): string {
  return share > 0 && share < 0.001 ? `< ${shareWords(0.001)}` : shareWords(share);
}
