import type { ValueUnit } from '../../../domain/alerts/valueUnit';
import { numberWords } from '../../../kit/words/numbers';
import { durationWords } from '../../../kit/time/timeWords';

/** A number as short as it can be read: `0.05`, `14.4`, `12,345`, `1.23E9`. */
function plainWords(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const scientific = size >= 1e9 || (size > 0 && size < 1e-4);
  return numberWords(value, {
    maximumSignificantDigits: 4,
    ...(scientific ? { notation: 'scientific' as const } : {}),
  });
}

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function byteWords(value: number): string {
  const step = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value) || 1) / 10)));
  return `${plainWords(value / 1024 ** step)} ${BYTES[step] ?? 'B'}`;
}

/** A number with its unit, where that is known. */
export function quantityWords(value: number, unit?: ValueUnit): string {
  if (unit === undefined || !Number.isFinite(value)) return plainWords(value);
  switch (unit.kind) {
    case 'share':
      return `${plainWords(value * 100)} %`;
    case 'bytes':
      return byteWords(value);
    case 'seconds':
      // Whole seconds and more are read as a duration; what is shorter is told apart by its fractions.
      return Math.abs(value) < 60 ? `${plainWords(value)} s` : durationWords(value * 1000);
    case 'suffix':
      return `${plainWords(value)} ${unit.suffix}`;
  }
}

/** A value as engines write it (`2.1e-01`), as people read it; undefined where there is none. */
export function alertValueWords(value: string | undefined, unit?: ValueUnit): string | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) && value !== 'NaN' ? value : quantityWords(number, unit);
}
