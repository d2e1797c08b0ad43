import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type { Status } from './status';

/** The theme's colour of a status. Healthy devices are drawn as a tint with a small sign, which needs the brighter tone. */
export function colorOfStatus(theme: GrafanaTheme2, status: Status): string {
  switch (status) {
    case 'online':
      return theme.colors.success.text;
    case 'warning':
      return theme.colors.warning.main;
    case 'error':
      return theme.colors.error.main;
    case 'maintenance':
      return theme.colors.info.main;
    case 'offline':
      return theme.colors.text.secondary;
    case 'neutral':
    case 'unknown':
      return theme.colors.text.primary;
    case 'nodata':
      return theme.colors.text.disabled;
  }
}

interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

function rgbOf(color: string): Rgb | null {
  // Both of Grafana's conversions leave their own notation as it is, `#f00` too.
  const hex = colorManipulator.asHexString(colorManipulator.asRgbString(color));
  const match = /^#([0-9a-f]{6})/i.exec(hex);
  if (match?.[1] === undefined) return null;
  const value = Number.parseInt(match[1], 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };
}

/** Degrees of hue 0–360; null for a grey or a colour that cannot be read. */
function hueOf(color: string): number | null {
  const rgb = rgbOf(color);
  if (rgb === null) return null;
  const { r, g, b } = rgb;
  const max = Math.max(r, g, b);
  const chroma = max - Math.min(r, g, b);
  if (chroma < 24) return null;
  if (max === r) return (60 * ((g - b) / chroma) + 360) % 360;
  if (max === g) return 60 * ((b - r) / chroma) + 120;
  return 60 * ((r - g) / chroma) + 240;
}

/**
 * The status that somebody means by giving a value a colour: green is fine, yellow and orange warn, red is an
 * error. Blue, purple and grey say nothing of the kind: there a known word decides, and blue informs.
 */
export function statusOfColor(color: string, word: Status | undefined): Status {
  const hue = hueOf(color);
  if (hue === null) return word ?? 'neutral';
  if (hue < 20 || hue >= 330) return 'error';
  if (hue < 70) return 'warning';
  return hue < 180 ? 'online' : (word ?? 'maintenance');
}
