import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { getLocale, setLocale, systemDateFormats } from '@grafana/data';
import { config } from '@grafana/runtime';
import { clockWords, durationWords, fullTime, preciseWords, workWords } from '../time/timeWords';
import { numberWords, shareWords, unitWords, valueWords } from './numbers';
import 'moment/locale/ar';
import 'moment/locale/de';

const AT = Date.UTC(2026, 10, 23, 14, 2, 3);
const DAY = 24 * 3_600_000;

function speak(language: string): void {
  Object.assign(config, { language });
}

/** What Grafana does on its start with the browser's language. */
beforeAll(() => setLocale('ar'));
afterEach(() => speak('en-US'));

describe('in a browser that speaks Arabic', () => {
  it('has a browser whose digits are others', () => {
    expect(getLocale()).toBe('ar');
    expect((12).toLocaleString('ar-EG')).not.toBe('12');
  });

  it('writes the digits of Grafana, which speaks English', () => {
    speak('en-US');
    expect(clockWords(AT, AT, 'utc')).toBe('14:02');
    expect(clockWords(AT - 40 * DAY, AT, 'utc')).toBe('10/14 14:02');
    expect(fullTime(AT, 'utc')).toMatch(/^2026-11-23 14:02:03 /);
    expect(preciseWords(AT + 204, AT, 'utc')).toBe('14:02:03.204');
    expect(preciseWords(AT - 40 * DAY, AT, 'utc')).toBe('10/14 14:02:03.000');
    expect(preciseWords(AT - 400 * DAY, AT, 'utc')).toBe('2025-10-19 14:02:03.000');
    expect(durationWords(AT)).toMatch(/^\d+,\d+ d /);
    expect(numberWords(5987)).toBe('5,987');
  });

  it.each(['', 'not a language', undefined])('writes English where Grafana says %j', (language) => {
    Object.assign(config, { language });
    expect(numberWords(5987.5)).toBe('5,987.5');
    expect(clockWords(AT, AT, 'utc')).toBe('14:02');
  });
});

describe('in a Grafana that speaks German', () => {
  it('writes numbers as German does', () => {
    speak('de-DE');
    expect(numberWords(5987.5)).toBe('5.987,5');
    expect(shareWords(0.995)).toBe('99,5\u00a0%');
    expect(valueWords({ unit: 'hPa', value: 1969.25 })).toBe('1.969 hPa');
    expect(valueWords({ unit: '°C', value: -20.5 })).toBe('-20,5 °C');
    expect(unitWords(1520, 'bytes')).toBe('1,48 KiB');
    expect(workWords(1.5)).toBe('1,5 s');
  });
});

describe('date formats of the installation', () => {
  it('decide how times are written', () => {
    const { fullDate, interval, useBrowserLocale } = systemDateFormats;
    const before = { fullDate, interval: { ...interval }, useBrowserLocale: false };
    expect(typeof useBrowserLocale).toBe('function');
    systemDateFormats.update({
      fullDate: 'DD.MM.YYYY HH:mm:ss',
      interval: { ...interval, minute: 'HH.mm', hour: 'D. MMM HH:mm' },
      useBrowserLocale: false,
    });
    speak('de-DE');
    expect(clockWords(AT, AT, 'utc')).toBe('14.02');
    expect(clockWords(AT - 40 * DAY, AT, 'utc')).toBe('14. Okt. 14:02');
    expect(clockWords(AT - 400 * DAY, AT, 'utc')).toBe('19.10.2025 14:02:03');
    systemDateFormats.update(before);
  });
});

describe('workWords', () => {
  it.each([
    [0.34, '340 ms'],
    [1.25, '1.3 s'],
    [6360, '1 h 46 min'],
  ])('%d', (seconds, words) => {
    expect(workWords(seconds)).toBe(words);
  });
});
