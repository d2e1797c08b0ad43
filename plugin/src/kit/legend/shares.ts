/**
 * Shares of a whole in whole percent, as words in the order of `counts`. They add up to 100: what rounding down
 * leaves goes to the largest remainders. A little never becomes nothing, nor all but a little everything.
 */
export function shareWords(counts: readonly number[]): string[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => '0 %');
  const exact = counts.map((count) => (100 * count) / total);
  const whole = exact.map(Math.floor);
  const left = 100 - whole.reduce((sum, percent) => sum + percent, 0);
  const byRemainder = exact
    .map((percent, index) => ({ index, remainder: percent - Math.floor(percent) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const raised = new Set(byRemainder.slice(0, Math.round(left)).map(({ index }) => index));
  return counts.map((count, index) => {
    const percent = (whole[index] ?? 0) + (raised.has(index) ? 1 : 0);
    if (percent === 0 && count > 0) return '<1 %';
    return percent === 100 && count < total ? '>99 %' : `${percent} %`;
  });
}
