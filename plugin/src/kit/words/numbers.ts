import { formattedValueToString, getValueFormat } from '@grafana/data';
import { config } from '@grafana/runtime';
import { grafanaUnit } from '../../domain/units';

/** What the browser knows of the languages that were asked for. */
const languages = new Map<string, string>();

/** The language that Grafana speaks to this user: not the browser's, whose digits may be others. */
export function grafanaLanguage(): string {
  // Older ones of the Grafanas that the app runs in have it with the user only.
  const wanted = [config.language, config.bootData.user.language].find((tag) =>
    /^[a-z]{2,3}(-\w+)*$/i.test(tag ?? ''),
  );
  const known = languages.get(wanted ?? '');
  if (known !== undefined) return known;
  const language = Intl.NumberFormat.supportedLocalesOf(wanted ?? [])[0] ?? 'en-US';
  languages.set(wanted ?? '', language);
  return language;
}

/** Formats of plain numbers by language: a grid of devices writes thousands. */
const plainFormats = new Map<string, Intl.NumberFormat>();

/** A number as Grafana's language writes it, `5,987`. */
export function numberWords(value: number, options?: Intl.NumberFormatOptions): string {
  const language = grafanaLanguage();
  if (options !== undefined) return value.toLocaleString(language, options);
  const format = plainFormats.get(language) ?? new Intl.NumberFormat(language);
  plainFormats.set(language, format);
  return format.format(value);
}

/** A share of 0 to 1 as `99.5%`. */
export function shareWords(share: number, digits = 1): string {
  return numberWords(share, { style: 'percent', maximumFractionDigits: digits });
}

/** A value with one of Grafana's units, `1.52 kB`, its number as Grafana's language writes it. */
export function unitWords(value: number, unit: string): string {
  const words = getValueFormat(unit)(value);
  const plain = /^-?\d+(?:\.(\d+))?$/.exec(words.text);
  if (plain === null) return formattedValueToString(words);
  const digits = plain[1]?.length ?? 0;
  const text = numberWords(Number(words.text), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return formattedValueToString({ ...words, text });
}

/** A value with a unit as the exporter names them: `969 hPa`. */
export function valueWords({ unit, value }: { readonly unit: string; readonly value: number }): string {
  return unitWords(value, grafanaUnit(unit));
}
