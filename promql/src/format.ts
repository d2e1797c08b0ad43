/** A value as Prometheus writes it in labels and answers: shortest digits, `+Inf`, `-Inf`, `NaN`. */
export function formatSample(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  // Go's format `f` never uses an exponent; JavaScript does from 1e21 on and below 1e-6.
  return text.includes('e')
    ? value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 21 })
    : text;
}
