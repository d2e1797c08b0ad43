/** Times in UTC as texts; each is remembered as far as the next one is likely to be the same. */
export interface UtcTexts {
  /** ISO 8601 with milliseconds, and with microseconds where the time has them. */
  time(milliseconds: number): string;
  /** `YYYY.MM.DD`. */
  day(milliseconds: number): string;
}

const DAY = 86_400_000;
const SECOND = 1000;
/** The end of an ISO time behind its second: `000Z`. */
const FRACTION = 4;

const threeDigits = (number: number): string => String(number).padStart(3, '0');

/**
 * Writes times that come nearly in order, as those of log entries do: a date costs more than all else of an entry's
 * document, and most are of the same second as the one before. Throws RangeError beyond what a Date can be.
 */
export function createUtcTexts(): UtcTexts {
  let second = NaN;
  let secondText = '';
  let day = NaN;
  let dayText = '';
  return {
    time: (milliseconds) => {
      const whole = Math.floor(milliseconds);
      const micros = Math.min(999, Math.round((milliseconds - whole) * 1000));
      const wanted = Math.floor(whole / SECOND);
      if (wanted !== second) {
        secondText = new Date(wanted * SECOND).toISOString().slice(0, -FRACTION);
        second = wanted;
      }
      const text = secondText + threeDigits(whole - wanted * SECOND);
      return micros === 0 ? `${text}Z` : `${text}${threeDigits(micros)}Z`;
    },
    day: (milliseconds) => {
      const wanted = Math.floor(milliseconds / DAY);
      if (wanted !== day) {
        dayText = new Date(wanted * DAY).toISOString().slice(0, 10).replaceAll('-', '.');
        day = wanted;
      }
      return dayText;
    },
  };
}
