import type { GrafanaTheme2 } from '@grafana/data';
import { numberWords } from '../../../kit/words/numbers';
import type { Device, DeviceGroup } from '../data/device';
import { durationWords } from '../../../kit/time/timeWords';
import { HEADING_HEIGHT, type Layout, type Section } from '../layout/layout';
import type { Box } from '../layout/tiles';
import { drawGlyph, type Pen } from '../../../kit/canvas/glyphs';
import { roomAt } from './room';
import { TEXT_TILE } from './sprites';
import { fitText, measure, shortName, wrapText } from '../../../kit/canvas/text';
import { tileStyle } from './tile-style';

/** Words that the picture needs and that are not data. */
export interface LabelTexts {
  readonly unnamed: string;
  readonly ungrouped: string;
}

/** Second line of a tile: the value, and how long it has been so. */
export function detailOf(device: Device, now: number): string {
  return device.since === null ? device.text : `${device.text} · ${durationWords(now - device.since)}`;
}

/** Whether tiles of the layout have room for words. */
export function hasText(layout: Layout): boolean {
  return layout.kind === 'list' || layout.size >= TEXT_TILE;
}

/** Sign, name and detail in the middle of a large tile. */
export function drawTileText(
  pen: Pen,
  kind: Layout['kind'],
  device: Device,
  box: Box,
  now: number,
  theme: GrafanaTheme2,
  texts: LabelTexts,
): void {
  const style = tileStyle(device.category, device.stale, theme);
  const family = theme.typography.fontFamily;
  const fontSize = Math.round(Math.min(16, Math.max(10.5, box.width / 9.5)));
  const small = Math.max(9.5, fontSize * 0.85);
  const x = box.x + box.width / 2;
  const isCalm = device.category.status === 'online' && !device.stale;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.font = `${theme.typography.fontWeightMedium} ${fontSize}px ${family}`;
  const middle = box.y + box.height / 2;
  const lineHeight = fontSize * 1.2;
  const roomOf = (y: number, size: number) => roomAt(kind, box, y - size / 2, y + size / 2);
  // Of two lines the second lies lower, where a hexagon may be narrower.
  const name = wrapText(pen, device.name || texts.unnamed, [
    roomOf(middle, fontSize),
    roomOf(middle + lineHeight / 2 + fontSize * 0.05, fontSize),
  ]);
  // Sign, one or two lines of the name and the detail, centred together.
  let y = middle - ((name.length - 1) * lineHeight) / 2 - fontSize * 1.45;
  drawGlyph(pen, device.category.status, x, y, fontSize * 1.15, isCalm ? device.category.color : style.ink);
  y += fontSize * 1.5;
  pen.fillStyle = style.ink;
  for (const line of name) {
    pen.fillText(line, x, y);
    y += lineHeight;
  }
  pen.font = `${small}px ${family}`;
  pen.fillStyle = style.softInk;
  y += fontSize * 0.1;
  const room = roomOf(y, small);
  const full = detailOf(device, now);
  pen.fillText(measure(pen, full) <= room ? full : fitText(pen, device.text, room), x, y);
}

/** The name below the sign of a small tile: whole, else its last part, which tells devices apart, else cut. */
export function drawShortName(
  pen: Pen,
  { size, kind }: Layout,
  device: Device,
  box: Box,
  theme: GrafanaTheme2,
  texts: LabelTexts,
): void {
  const fontSize = Math.round(Math.min(11, Math.max(9, size / 4.6)));
  pen.font = `${fontSize}px ${theme.typography.fontFamily}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = tileStyle(device.category, device.stale, theme).ink;
  const y = box.y + box.height * 0.66;
  const room = roomAt(kind, box, y - fontSize / 2, y + fontSize / 2);
  pen.fillText(shortName(pen, device.name || texts.unnamed, room), box.x + box.width / 2, y);
}

/** One row of the list: sign, name, and at its end the detail. */
export function drawListRow(
  pen: Pen,
  device: Device,
  box: Box,
  now: number,
  theme: GrafanaTheme2,
  texts: LabelTexts,
): void {
  const { colors, typography } = theme;
  const middle = box.y + box.height / 2;
  const right = box.x + box.width - 14;
  pen.fillStyle = colors.border.weak;
  pen.fillRect(box.x + 4, box.y + box.height - 1, box.width - 14, 1);
  drawGlyph(pen, device.category.status, box.x + 16, middle, 12, device.category.color);
  pen.globalAlpha = device.stale ? 0.6 : 1;
  pen.textBaseline = 'middle';
  pen.textAlign = 'right';
  pen.font = `12px ${typography.fontFamily}`;
  pen.fillStyle = colors.text.secondary;
  const detail = fitText(pen, detailOf(device, now), box.width * 0.45);
  pen.fillText(detail, right, middle);
  const used = measure(pen, detail);
  pen.textAlign = 'left';
  pen.font = `13px ${typography.fontFamily}`;
  pen.fillStyle = colors.text.primary;
  pen.fillText(fitText(pen, device.name || texts.unnamed, box.width - used - 60), box.x + 30, middle);
  pen.globalAlpha = 1;
}

/** Name of the group, number of devices, and after it sign and number of each status. */
export function drawHeading(
  pen: Pen,
  group: DeviceGroup,
  section: Section,
  y: number,
  theme: GrafanaTheme2,
  texts: LabelTexts,
): void {
  const { colors, typography } = theme;
  const middle = y + HEADING_HEIGHT / 2 - 1;
  const end = section.x + section.width;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.font = `${typography.fontWeightMedium} 13px ${typography.fontFamily}`;
  pen.fillStyle = colors.text.primary;
  const name = fitText(pen, group.name || texts.ungrouped, section.width * 0.55);
  pen.fillText(name, section.x + 2, middle);
  let x = section.x + 2 + measure(pen, name) + 8;
  pen.font = `12px ${typography.fontFamily}`;
  pen.fillStyle = colors.text.secondary;
  const total = numberWords(group.count);
  pen.fillText(total, x, middle);
  x += measure(pen, total) + 14;
  for (const { category, count } of group.counts) {
    const text = numberWords(count);
    const width = 16 + measure(pen, text);
    if (x + width > end) return;
    drawGlyph(pen, category.status, x + 5, middle, 11, category.color);
    pen.fillStyle = colors.text.secondary;
    pen.fillText(text, x + 14, middle);
    x += width + 10;
  }
}
