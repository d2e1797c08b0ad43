import type { GrafanaTheme2 } from '@grafana/data';
import type { Category } from '../../../kit/frames/category';
import type { Layout } from '../layout/layout';
import { drawGlyph, type Pen } from '../../../kit/canvas/glyphs';
import { tileStyle } from './tile-style';

/** Below this width of a tile its sign fills it, and what is calm has none. */
const LEAST_GLYPH_TILE = 11;
/** From this width of a tile on there is room for its name. */
export const TEXT_TILE = 68;
/** From this width on what is in trouble has room for a short name below its sign. */
const NAME_TILE = 30;
const MOST_SPRITES = 400;

/** Whether tiles of that width and look carry a short name: what is in trouble is looked for by name. */
export function isNamed(size: number, { status, isScheme }: Category, stale: boolean): boolean {
  if (size < NAME_TILE || size >= TEXT_TILE) return false;
  return stale || (isScheme !== true && IN_TROUBLE.has(status));
}

const IN_TROUBLE: ReadonlySet<Category['status']> = new Set(['error', 'offline', 'warning', 'unknown']);

/** Draws a tile, shape and sign, from a picture made once per look. */
export interface Sprites {
  draw: (pen: Pen, category: Category, stale: boolean, x: number, y: number) => void;
  /** Draws `count` tiles of the same look side by side, which costs as much as drawing one. */
  drawRun: (pen: Pen, category: Category, stale: boolean, x: number, y: number, count: number) => void;
}

/** Tiles in one strip: more are drawn as several strips. */
const STRIP = 64;
/** Shorter runs are drawn tile by tile. */
const LEAST_RUN = 4;

function outline(pen: Pen, kind: Layout['kind'], x: number, y: number, width: number, height: number): void {
  pen.beginPath();
  if (kind !== 'honeycomb') {
    pen.roundRect(x, y, width, height, Math.min(6, width / 6));
    return;
  }
  const middle = x + width / 2;
  pen.moveTo(middle, y);
  pen.lineTo(x + width, y + height / 4);
  pen.lineTo(x + width, y + (3 * height) / 4);
  pen.lineTo(middle, y + height);
  pen.lineTo(x, y + (3 * height) / 4);
  pen.lineTo(x, y + height / 4);
  pen.closePath();
}

/** Share of a tile's width that stays free around it. */
function gapOf(size: number): number {
  if (size < 8) return 1;
  return Math.min(5, Math.max(1.5, size * 0.06));
}

function hatch(pen: Pen, size: number, height: number, color: string): void {
  pen.strokeStyle = color;
  pen.globalAlpha = 0.5;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  const step = Math.max(4, size / 8);
  pen.beginPath();
  for (let x = -height; x < size; x += step) {
    pen.moveTo(x, height);
    pen.lineTo(x + height, 0);
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

function render(pen: Pen, layout: Layout, category: Category, stale: boolean, theme: GrafanaTheme2): void {
  const { size, tileHeight, kind } = layout;
  const style = tileStyle(category, stale, theme);
  const gap = gapOf(size);
  const line = size < 16 ? 1 : 1.5;
  const inset = gap / 2 + (style.isOutlined ? line / 2 : 0);
  const insetY = kind === 'honeycomb' ? inset * 1.15 : inset;
  outline(pen, kind, inset, insetY, size - 2 * inset, tileHeight - 2 * insetY);
  pen.fillStyle = category.color;
  // Small tiles have no room for an outline that tells them apart: they get more colour.
  pen.globalAlpha = size < LEAST_GLYPH_TILE ? Math.min(1, style.fillAlpha * 2.5 + 0.1) : style.fillAlpha;
  pen.fill();
  pen.globalAlpha = 1;
  if (stale) {
    pen.save();
    pen.clip();
    hatch(pen, size, tileHeight, category.color);
    pen.restore();
    outline(pen, kind, inset, insetY, size - 2 * inset, tileHeight - 2 * insetY);
  }
  const isPlain = size < LEAST_GLYPH_TILE && category.status === 'online' && !stale;
  if (style.isOutlined && !isPlain) {
    pen.strokeStyle = category.color;
    pen.globalAlpha = category.status === 'online' && !stale ? 0.5 : 1;
    pen.lineWidth = line;
    if (style.dash !== 'none')
      pen.setLineDash(style.dash === 'dashed' ? [line * 3, line * 2] : [line, line * 2]);
    pen.stroke();
    pen.globalAlpha = 1;
  }
  const isSilent = size < LEAST_GLYPH_TILE && (category.status === 'online' || category.status === 'neutral');
  if (size < TEXT_TILE && !isSilent && (category.isScheme !== true || stale)) {
    const isCalm = category.status === 'online' && !stale;
    pen.globalAlpha = isCalm ? 0.85 : 1;
    const color = isCalm ? category.color : style.ink;
    // The smallest tiles are nearly all sign.
    const named = isNamed(size, category, stale);
    const share = isCalm ? 0.26 : size < LEAST_GLYPH_TILE ? 0.7 : named ? 0.32 : 0.42;
    drawGlyph(pen, category.status, size / 2, tileHeight * (named ? 0.36 : 0.5), size * share, color);
    pen.globalAlpha = 1;
  }
}

interface Look {
  readonly tile: HTMLCanvasElement;
  strip?: HTMLCanvasElement;
}

function createCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** Pictures of tiles for one layout, theme and pixel ratio; made on first use. */
export function createSprites(layout: Layout, theme: GrafanaTheme2, ratio: number): Sprites {
  const looks = new Map<string, Look>();
  const width = Math.ceil(layout.size * ratio) + 2;
  const height = Math.ceil(layout.tileHeight * ratio) + 2;
  let lastCategory: Category | undefined;
  let lastStale = false;
  let lastLook: Look | undefined;

  const make = (category: Category, stale: boolean): Look => {
    const tile = createCanvas(width, height);
    const pen = tile.getContext('2d');
    if (pen !== null) {
      pen.scale(ratio, ratio);
      render(pen, layout, category, stale, theme);
    }
    return { tile };
  };
  const lookOf = (category: Category, stale: boolean): Look => {
    if (lastLook !== undefined && category === lastCategory && stale === lastStale) return lastLook;
    const key = `${category.color}|${category.status}|${String(category.isScheme ?? false)}|${String(stale)}`;
    let look = looks.get(key);
    if (look === undefined) {
      if (looks.size >= MOST_SPRITES) looks.clear();
      look = make(category, stale);
      looks.set(key, look);
    }
    lastCategory = category;
    lastStale = stale;
    lastLook = look;
    return look;
  };
  const stripOf = (look: Look): HTMLCanvasElement => {
    if (look.strip !== undefined) return look.strip;
    const strip = createCanvas(Math.ceil(STRIP * layout.size * ratio) + 2, height);
    const pen = strip.getContext('2d');
    for (let index = 0; index < STRIP; index += 1) {
      pen?.drawImage(look.tile, Math.round(index * layout.size * ratio), 0);
    }
    look.strip = strip;
    return strip;
  };
  // Whole device pixels keep edges crisp; the context is scaled by the ratio.
  const snap = (length: number) => Math.round(length * ratio) / ratio;
  const draw: Sprites['draw'] = (pen, category, stale, x, y) => {
    pen.drawImage(lookOf(category, stale).tile, snap(x), snap(y), width / ratio, height / ratio);
  };

  return {
    draw,
    drawRun: (pen, category, stale, x, y, count) => {
      let drawn = 0;
      while (count - drawn >= LEAST_RUN) {
        const part = Math.min(STRIP, count - drawn);
        const pixels = Math.ceil(part * layout.size * ratio);
        const strip = stripOf(lookOf(category, stale));
        pen.drawImage(
          strip,
          0,
          0,
          pixels,
          height,
          snap(x + drawn * layout.size),
          snap(y),
          pixels / ratio,
          height / ratio,
        );
        drawn += part;
      }
      for (; drawn < count; drawn += 1) draw(pen, category, stale, x + drawn * layout.size, y);
    },
  };
}
