/** The most decimals that JavaScript gives; an exact half has far fewer. */
const EXACT = 100;

/** `2e+06` of what JavaScript writes as `2e+6`: Go's exponents have two digits. */
function goExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function notFinite(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '+Inf' : '-Inf';
}

function signOf(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

/**
 * A decimal number rounded to so many decimals as Go does: an exact half goes to the even neighbour, where
 * JavaScript (`halfUp`) always takes the upper one.
 */
function halfToEven(exact: string, decimals: number, halfUp: string): string {
  const point = exact.indexOf('.');
  const cut = exact.slice(0, point + (decimals === 0 ? 0 : decimals + 1));
  const isHalf = /^50*$/.test(exact.slice(point + 1 + decimals));
  return isHalf && Number(cut.at(-1)) % 2 === 0 ? cut : halfUp;
}

/** Go's `%v` of a float64: shortest digits, with an exponent from 1e+06 on and below 1e-04. */
export function goValue(value: number): string {
  const text = notFinite(value);
  if (text !== undefined) return text;
  if (value === 0) return `${signOf(value)}0`;
  const exponential = value.toExponential();
  const exponent = Number(exponential.split('e')[1]);
  return exponent < -4 || exponent >= 6 ? goExponent(exponential) : String(value);
}

/** Go's `%.<digits>g`: so many significant digits, without trailing zeros. */
export function goSignificant(value: number, digits: number): string {
  const text = notFinite(value);
  if (text !== undefined) return text;
  const magnitude = Math.abs(value);
  const [halfUp = '', power = '0'] = magnitude.toExponential(digits - 1).split('e');
  const [exact = '', exactPower = '0'] = magnitude.toExponential(EXACT).split('e');
  // Rounded up over a power of ten, there is no half to care for.
  const mantissa = power === exactPower ? halfToEven(exact, digits - 1, halfUp) : halfUp;
  const exponent = Number(power);
  const trim = (number: string): string => (number.includes('.') ? number.replace(/\.?0+$/, '') : number);
  if (exponent < -4 || exponent >= digits) return signOf(value) + goExponent(`${trim(mantissa)}e${power}`);
  return signOf(value) + trim(Number(`${mantissa}e${power}`).toFixed(digits - 1 - exponent));
}

/** Go's `%.<decimals>e`. */
export function goExponential(value: number, decimals: number): string {
  return notFinite(value) ?? goExponent(value.toExponential(Math.min(EXACT, decimals)));
}

/** Go's `%.<decimals>f`. */
export function goFixed(value: number, wanted: number): string {
  const decimals = Math.min(EXACT, wanted);
  const text = notFinite(value);
  if (text !== undefined) return text;
  const magnitude = Math.abs(value);
  if (magnitude >= 1e21)
    return `${signOf(value)}${BigInt(magnitude)}${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;
  return signOf(value) + halfToEven(magnitude.toFixed(EXACT), decimals, magnitude.toFixed(decimals));
}
