import {
  type DynamicConfigValue,
  MappingType,
  type ValueMap,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** A device status: the number in `valtronics_device_status`, its word, sign and colour. */
export interface Status {
  readonly code: number;
  readonly word: string;
  readonly glyph: string;
  /** A name of Grafana's palette, so that both themes show it well. */
  readonly colour: string;
}

/** The status language of the product, in order of severity. */
export const STATUSES: readonly Status[] = [
  { code: 3, word: 'error', glyph: '✕', colour: 'red' },
  { code: 4, word: 'offline', glyph: '○', colour: 'text' },
  { code: 2, word: 'warning', glyph: '▲', colour: 'orange' },
  { code: 0, word: 'unknown', glyph: '?', colour: 'gray' },
  { code: 5, word: 'maintenance', glyph: '◆', colour: 'blue' },
  { code: 1, word: 'online', glyph: '●', colour: 'green' },
];

/** Glyph, word and colour for a field that holds status codes. */
export function statusMapping(): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      STATUSES.map(({ code, word, glyph, colour }, index) => [
        String(code),
        { text: `${glyph} ${word}`, color: colour, index },
      ]),
    ),
  };
}

/** For each status the properties of the series that is named after it: its colour, and its glyph in the legend. */
export function statusOverrides(): { word: string; properties: DynamicConfigValue[] }[] {
  return STATUSES.map(({ word, glyph, colour }) => ({
    word,
    properties: [
      { id: 'displayName', value: `${glyph} ${word}` },
      { id: 'color', value: { mode: 'fixed', fixedColor: colour } },
    ],
  }));
}
