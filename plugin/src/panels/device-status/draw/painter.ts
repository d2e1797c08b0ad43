import type { GrafanaTheme2 } from '@grafana/data';
import type { Device, DeviceSet } from '../data/device';
import type { Layout, Section } from '../layout/layout';
import { type Box, tileBox, visibleRange } from '../layout/tiles';
import type { Pen } from '../../../kit/canvas/glyphs';
import {
  detailOf,
  drawHeading,
  drawListRow,
  drawShortName,
  drawTileText,
  hasText,
  type LabelTexts,
} from './labels';
import { createSprites, isNamed, type Sprites } from './sprites';

/** All that decides what the canvas shows. Lengths in CSS pixels. */
export interface Scene {
  readonly set: DeviceSet;
  readonly layout: Layout;
  readonly theme: GrafanaTheme2;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly hasHeadings: boolean;
  /** Milliseconds since the epoch, for times in state. */
  readonly now: number;
  readonly texts: LabelTexts;
}

/** What a paint did: nothing, some tiles, or all of them. */
export type PaintWork = 'none' | 'tiles' | 'all';

export interface Painter {
  paint: (scene: Scene) => PaintWork;
}

/** Above this share of changed tiles drawing everything costs less than mending. */
const MOST_MENDED = 0.3;

function isSameFrame(a: Scene, b: Scene): boolean {
  return (
    a.layout === b.layout &&
    a.theme === b.theme &&
    a.width === b.width &&
    a.height === b.height &&
    a.scrollTop === b.scrollTop &&
    a.ratio === b.ratio &&
    a.hasHeadings === b.hasHeadings &&
    a.texts === b.texts
  );
}

function looksSame(a: Device, b: Device, scene: Scene, before: Scene): boolean {
  if (a === b && scene.now === before.now) return true;
  if (a.category !== b.category || a.stale !== b.stale) return false;
  if (isNamed(scene.layout.size, a.category, a.stale)) return a.name === b.name;
  if (!hasText(scene.layout)) return true;
  return a.name === b.name && detailOf(a, scene.now) === detailOf(b, before.now);
}

function drawDevice(pen: Pen, scene: Scene, sprites: Sprites, device: Device, box: Box): void {
  const { layout, theme, now, texts } = scene;
  if (layout.kind === 'list') {
    drawListRow(pen, device, box, now, theme, texts);
    return;
  }
  sprites.draw(pen, device.category, device.stale, box.x, box.y);
  if (hasText(layout)) drawTileText(pen, layout.kind, device, box, now, theme, texts);
  else if (isNamed(layout.size, device.category, device.stale))
    drawShortName(pen, layout, device, box, theme, texts);
}

/** Takes a tile's pixels away without touching its neighbours'. */
function erase(pen: Pen, { kind, size, tileHeight }: Layout, box: Box): void {
  if (kind !== 'honeycomb') {
    pen.clearRect(box.x, box.y, box.width, box.height);
    return;
  }
  pen.save();
  pen.globalCompositeOperation = 'destination-out';
  pen.beginPath();
  pen.moveTo(box.x + size / 2, box.y);
  pen.lineTo(box.x + size, box.y + tileHeight / 4);
  pen.lineTo(box.x + size, box.y + (3 * tileHeight) / 4);
  pen.lineTo(box.x + size / 2, box.y + tileHeight);
  pen.lineTo(box.x, box.y + (3 * tileHeight) / 4);
  pen.lineTo(box.x, box.y + tileHeight / 4);
  pen.closePath();
  pen.fill();
  pen.restore();
}

function changedDevices(scene: Scene, before: Scene): number[] | undefined {
  const { devices } = scene.set;
  const changed: number[] = [];
  const most = devices.length * MOST_MENDED;
  for (let index = 0; index < devices.length; index += 1) {
    const device = devices[index];
    const old = before.set.devices[index];
    if (device === undefined || old === undefined) return undefined;
    if (!looksSame(device, old, scene, before)) changed.push(index);
    if (changed.length > most) return undefined;
  }
  return changed;
}

function drawAll(pen: Pen, scene: Scene, sprites: Sprites): void {
  const { set, layout, scrollTop, height, theme, texts } = scene;
  const bottom = scrollTop + height;
  for (const section of layout.sections) {
    if (section.y > bottom || section.y + section.height < scrollTop) continue;
    const group = set.groups[section.group];
    if (scene.hasHeadings && group !== undefined) drawHeading(pen, group, section, section.y, theme, texts);
    const [from, to] = visibleRange(layout, section, scrollTop, bottom);
    if (layout.kind === 'list' || hasText(layout)) drawEach(pen, scene, sprites, section, from, to);
    else drawRuns(pen, scene, sprites, section, from, to);
  }
}

function drawEach(
  pen: Pen,
  scene: Scene,
  sprites: Sprites,
  section: Section,
  from: number,
  to: number,
): void {
  const { shape, size, tileHeight } = scene.layout;
  for (let index = from; index < to; index += 1) {
    const device = scene.set.devices[index];
    if (device === undefined) continue;
    const { x, y } = shape.place(size, section.columns, index - section.first);
    const box = { x: section.x + x, y: section.tilesY + y, width: size, height: tileHeight };
    drawDevice(pen, scene, sprites, device, box);
  }
}

/** Sorted devices look alike for whole rows: each run inside a row is drawn at once. */
function drawRuns(
  pen: Pen,
  scene: Scene,
  sprites: Sprites,
  section: Section,
  from: number,
  to: number,
): void {
  const { shape, size } = scene.layout;
  const { devices } = scene.set;
  let start = from;
  while (start < to) {
    const first = devices[start];
    if (first === undefined) return;
    const rowEnd =
      section.first + (Math.floor((start - section.first) / section.columns) + 1) * section.columns;
    const most = Math.min(to, rowEnd);
    let end = start + 1;
    while (end < most && devices[end]?.category === first.category && devices[end]?.stale === first.stale)
      end += 1;
    const { x, y } = shape.place(size, section.columns, start - section.first);
    sprites.drawRun(pen, first.category, first.stale, section.x + x, section.tilesY + y, end - start);
    for (let index = start; isNamed(size, first.category, first.stale) && index < end; index += 1) {
      const device = devices[index];
      const left = section.x + x + (index - start) * size;
      const box = { x: left, y: section.tilesY + y, width: size, height: scene.layout.tileHeight };
      if (device !== undefined) drawShortName(pen, scene.layout, device, box, scene.theme, scene.texts);
    }
    start = end;
  }
}

function haveSameCounts(a: DeviceSet, b: DeviceSet): boolean {
  if (a === b) return true;
  return a.groups.every(({ counts, name }, group) => {
    const other = b.groups[group];
    return (
      other?.name === name &&
      other.counts.length === counts.length &&
      counts.every(({ category, count }, index) => {
        const old = other.counts[index];
        return old?.category === category && old.count === count;
      })
    );
  });
}

/** Draws scenes on the canvas; of a scene that differs from the last in some tiles, only those. */
export function createPainter(canvas: HTMLCanvasElement): Painter {
  let before: Scene | undefined;
  let sprites: Sprites | undefined;

  const mend = (pen: Pen, scene: Scene, old: Scene, tiles: Sprites): PaintWork | undefined => {
    if (!isSameFrame(scene, old) || scene.set.devices.length !== old.set.devices.length) return undefined;
    if (scene.hasHeadings && !haveSameCounts(scene.set, old.set)) return undefined;
    const changed = changedDevices(scene, old);
    if (changed === undefined) return undefined;
    for (const index of changed) {
      const box = tileBox(scene.layout, index);
      const device = scene.set.devices[index];
      if (box === undefined || device === undefined) continue;
      if (box.y > scene.scrollTop + scene.height || box.y + box.height < scene.scrollTop) continue;
      erase(pen, scene.layout, box);
      drawDevice(pen, scene, tiles, device, box);
    }
    return changed.length === 0 ? 'none' : 'tiles';
  };

  return {
    paint: (scene) => {
      const pen = canvas.getContext('2d');
      if (pen === null) return 'none';
      const { ratio, width, height, layout, theme } = scene;
      if (
        sprites === undefined ||
        before?.layout !== layout ||
        before.theme !== theme ||
        before.ratio !== ratio
      ) {
        sprites = createSprites(layout, theme, ratio);
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, -scene.scrollTop * ratio);
      const mended = before === undefined ? undefined : mend(pen, scene, before, sprites);
      if (mended === undefined) {
        const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
        if (canvas.width !== pixels.width || canvas.height !== pixels.height) {
          canvas.width = pixels.width;
          canvas.height = pixels.height;
          pen.setTransform(ratio, 0, 0, ratio, 0, -scene.scrollTop * ratio);
        } else {
          pen.clearRect(0, scene.scrollTop, width, height);
        }
        drawAll(pen, scene, sprites);
      }
      before = scene;
      return mended ?? 'all';
    },
  };
}
