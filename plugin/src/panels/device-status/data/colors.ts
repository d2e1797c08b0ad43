import type { GrafanaTheme2 } from '@grafana/data';
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
    case 'unknown':
    case 'nodata':
      return theme.colors.text.disabled;
  }
}

interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

function parseHex(color: string): Rgb | null {
  const match = /^#([0-9a-f]{6})/i.exec(color);
  if (match?.[1] === undefined) return null;
  const value = Number.parseInt(match[1], 16);
  return { r: (value >> 16) & 255, g: (value >> 8) & 255, b: value & 255 };
}

function parseRgb(color: string): Rgb | null {
  const match = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i.exec(color);
  if (match === null) return null;
  return { r: Number(match[1]), g: Number(match[2]), b: Number(match[3]) };
}

/** Degrees of hue 0–360; null for a grey or a colour in another notation. */
function hueOf(color: string): number | null {
  const rgb = parseHex(color) ?? parseRgb(color);
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
 * The sign for a value that only has a colour, from thresholds or a mapping: by hue, as people read it
 * (green is fine, yellow and orange warn, red is an error, grey is off, blue and purple inform).
 */
export function statusOfColor(color: string): Status {
  const hue = hueOf(color);
  if (hue === null) return 'offline';
  if (hue < 20 || hue >= 330) return 'error';
  if (hue < 70) return 'warning';
  return hue < 180 ? 'online' : 'maintenance';
}
