import type { GrafanaTheme2 } from '@grafana/data';
import { drawGlyph, type Pen } from '../../../kit/canvas/glyphs';
import { fitText, measure } from '../../../kit/canvas/text';
import type { Category } from '../../../kit/frames/category';
import { numberWords, shareWords } from '../../../kit/words/numbers';
import type { Mark } from '../data/marks';
import type { TimelineGroup, TimelineRow, TimelineSet } from '../data/row';
import { type BinRule, eachRun, fillBins } from './bins';
import { cellText, type CellContext } from './cells';
import { type KindStyle, kindStyles, urgenciesOf } from './kind-style';
import { HEAD_HEIGHT, HEADING_HEIGHT, type Layout, type Section, visibleRows } from './layout';
import type { Tick } from './ticks';

/** All that decides what the canvas shows. Lengths in CSS pixels. */
export interface Scene {
  readonly set: TimelineSet;
  readonly layout: Layout;
  readonly theme: GrafanaTheme2;
  /** Colour below the panel. */
  readonly background: string;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  readonly ticks: readonly Tick[];
  readonly marks: readonly Mark[];
  readonly hasHeadings: boolean;
  readonly cells: CellContext;
  readonly texts: { readonly unnamed: string; readonly ungrouped: string };
}

const FONT_SIZE = 12;
const LABEL_SIZE = 11;
/** Free room above and below a bar, pixels. */
const BAR_GAP = 2;
/** From this width on a state shows its sign, and its word where that fits. */
const SIGN_WIDTH = 14;
const LABEL_WIDTH = 44;
const LEAST_LABEL_HEIGHT = 13;
/** Trouble is never narrower, CSS pixels. */
const LEAST_TROUBLE = 2;

interface Brush {
  readonly scene: Scene;
  readonly pen: Pen;
  readonly styles: readonly KindStyle[];
  readonly rule: BinRule;
  readonly bins: Int16Array;
}

function fontOf(theme: GrafanaTheme2, size: number, weight = theme.typography.fontWeightRegular): string {
  return `${weight} ${size}px ${theme.typography.fontFamily}`;
}

function timeX({ layout, set }: Scene, at: number): number {
  const { from, to } = set.range;
  return layout.trackX + ((at - from) / (to - from)) * layout.trackWidth;
}

function drawGrid({ pen, scene }: Brush): void {
  const { ticks, theme, height, layout } = scene;
  pen.fillStyle = theme.colors.border.weak;
  for (const { at } of ticks) pen.fillRect(Math.round(timeX(scene, at)), HEAD_HEIGHT, 1, height);
  pen.fillRect(layout.trackX - 1, HEAD_HEIGHT, 1, height);
  for (const { from, to, color } of scene.marks) {
    if (to <= from) continue;
    const x = timeX(scene, from);
    pen.fillStyle = color;
    pen.globalAlpha = 0.18;
    pen.fillRect(x, HEAD_HEIGHT, Math.max(1, timeX(scene, to) - x), height);
    pen.globalAlpha = 1;
  }
}

function drawMarks({ pen, scene }: Brush): void {
  for (const { from, color } of scene.marks) {
    const x = Math.round(timeX(scene, from));
    pen.fillStyle = color;
    pen.globalAlpha = 0.9;
    pen.fillRect(x, HEAD_HEIGHT - 4, 1, scene.height);
    pen.beginPath();
    pen.moveTo(x - 4, HEAD_HEIGHT);
    pen.lineTo(x + 5, HEAD_HEIGHT);
    pen.lineTo(x + 0.5, HEAD_HEIGHT - 6);
    pen.fill();
    pen.globalAlpha = 1;
  }
}

function drawLabel(brush: Brush, category: Category, style: KindStyle, x: number, y: number, width: number) {
  const { pen, scene } = brush;
  const height = (scene.layout.rowHeight - 2 * BAR_GAP) * style.height;
  const middle = y + (scene.layout.rowHeight - 2 * BAR_GAP) * style.top + height / 2;
  const isScheme = category.isScheme === true || category.status === 'neutral';
  const size = Math.min(10, height * 0.7);
  if (!isScheme && size >= 5) {
    drawGlyph(pen, category.status, x + SIGN_WIDTH / 2 + 1, middle, size, style.signColor);
  }
  if (width < LABEL_WIDTH || height < LEAST_LABEL_HEIGHT) return;
  pen.font = fontOf(scene.theme, LABEL_SIZE);
  const left = isScheme ? 5 : SIGN_WIDTH + 4;
  const text = category.entry === undefined ? category.label : category.entry.label;
  if (measure(pen, text) > width - left - 4) return;
  pen.fillStyle = style.ink;
  pen.fillText(text, x + left, middle + 0.5);
}

/** The states of one row, each pixel once. */
function drawTrack(brush: Brush, row: TimelineRow, y: number): void {
  const { pen, scene, styles, bins, rule } = brush;
  const { layout, ratio, set, theme } = scene;
  const barHeight = layout.rowHeight - 2 * BAR_GAP;
  const top = y + BAR_GAP;
  pen.fillStyle = theme.colors.border.weak;
  pen.fillRect(layout.trackX, Math.round(y + layout.rowHeight / 2), layout.trackWidth, 1);
  fillBins(bins, row.track, set.range, rule);
  eachRun(bins, (kind, start, end) => {
    const style = styles[kind];
    const category = set.categories[kind];
    if (style === undefined || category === undefined) return;
    const x = layout.trackX + start / ratio;
    // A hair between neighbours, where there is room for one.
    const width = (end - start) / ratio - (end - start > 3 * ratio ? 1 / ratio : 0);
    pen.fillStyle = style.fill;
    pen.fillRect(x, top + barHeight * style.top, width, barHeight * style.height);
    if (style.foot !== undefined) {
      pen.fillStyle = style.foot;
      pen.fillRect(x, top + barHeight - 2, width, 2);
    }
    if (width >= SIGN_WIDTH + 2) drawLabel(brush, category, style, x, top, width);
  });
}

function drawShares(brush: Brush, row: TimelineRow, x: number, y: number): void {
  const { pen, scene, styles } = brush;
  const { range } = scene.set;
  const width = 44;
  const height = 8;
  const top = y + (scene.layout.rowHeight - height) / 2;
  pen.strokeStyle = scene.theme.colors.border.weak;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, top - 0.5, width, height + 1);
  let left = x + 1;
  const times = [...row.summary.times].sort(
    ([a], [b]) => (brush.rule.urgency[b] ?? 0) - (brush.rule.urgency[a] ?? 0),
  );
  for (const [kind, time] of times) {
    const part = (time / (range.to - range.from)) * (width - 1);
    pen.fillStyle = styles[kind]?.fill ?? 'transparent';
    pen.fillRect(left, top, part, height);
    left += part;
  }
}

function drawRow(brush: Brush, row: TimelineRow, y: number): void {
  const { pen, scene } = brush;
  const { layout, theme, texts, cells } = scene;
  const middle = y + layout.rowHeight / 2;
  const { status, color, isScheme } = row.category;
  if (isScheme !== true) drawGlyph(pen, status, 11, middle, 10, color);
  pen.font = fontOf(theme, FONT_SIZE);
  pen.textAlign = 'left';
  pen.fillStyle = theme.colors.text.primary;
  pen.fillText(fitText(pen, row.name || texts.unnamed, layout.nameWidth - 28), 21, middle + 0.5);
  drawTrack(brush, row, y);
  pen.font = fontOf(theme, FONT_SIZE);
  for (const { name, x, width } of layout.columns) {
    if (name === 'online') drawShares(brush, row, x + 4, y);
    const text = cellText(name, row.summary, cells);
    pen.textAlign = 'right';
    pen.fillStyle = text === '–' ? theme.colors.text.secondary : theme.colors.text.primary;
    pen.fillText(text, x + width - 8, middle + 0.5);
  }
  pen.textAlign = 'left';
}

function drawHeading({ pen, scene }: Brush, group: TimelineGroup, y: number): void {
  const { theme, layout, texts } = scene;
  const { colors, typography } = theme;
  const middle = y + HEADING_HEIGHT / 2 + 1;
  pen.fillStyle = colors.background.secondary;
  pen.fillRect(0, y + 1, layout.width, HEADING_HEIGHT - 2);
  pen.font = fontOf(theme, FONT_SIZE, typography.fontWeightMedium);
  pen.textAlign = 'left';
  pen.fillStyle = colors.text.primary;
  const name = fitText(pen, group.name || texts.ungrouped, layout.width * 0.4);
  pen.fillText(name, 6, middle);
  let x = 6 + measure(pen, name) + 8;
  pen.font = fontOf(theme, FONT_SIZE);
  pen.fillStyle = colors.text.secondary;
  const total = numberWords(group.count);
  pen.fillText(total, x, middle);
  x += measure(pen, total) + 14;
  const end = layout.columns[0]?.x ?? layout.width;
  for (const { category, count } of group.counts) {
    const text = numberWords(count);
    const width = measure(pen, text);
    if (x + width + 16 > end) break;
    drawGlyph(pen, category.status, x + 5, middle, 10, category.color);
    pen.fillStyle = colors.text.primary;
    pen.fillText(text, x + 13, middle);
    x += width + 26;
  }
  const online = layout.columns.find((column) => column.name === 'online');
  if (online === undefined || group.online === undefined) return;
  pen.textAlign = 'right';
  pen.fillStyle = colors.text.primary;
  pen.fillText(shareWords(group.online), online.x + online.width - 8, middle);
  pen.textAlign = 'left';
}

function drawHead({ pen, scene }: Brush): void {
  const { theme, ticks, layout, width, background } = scene;
  pen.fillStyle = background;
  pen.fillRect(0, 0, width, HEAD_HEIGHT - 6);
  pen.font = fontOf(theme, LABEL_SIZE);
  pen.fillStyle = theme.colors.text.secondary;
  let free = layout.trackX;
  for (const { at, text } of ticks) {
    const half = measure(pen, text) / 2;
    const x = Math.min(
      Math.max(timeX(scene, at) - half, layout.trackX),
      layout.trackX + layout.trackWidth - 2 * half,
    );
    if (x < free) continue;
    pen.fillText(text, x, 8);
    free = x + 2 * half + 10;
  }
}

function drawSections(brush: Brush): void {
  const { pen, scene } = brush;
  const { set, layout, scrollTop, height } = scene;
  const bottom = scrollTop + height - HEAD_HEIGHT;
  const place = (y: number) => y - scrollTop + HEAD_HEIGHT;
  const draw = (section: Section): void => {
    const group = set.groups[section.group];
    if (scene.hasHeadings && group !== undefined) drawHeading(brush, group, place(section.y));
    const [from, to] = visibleRows(layout, section, scrollTop, bottom);
    for (let index = from; index < to; index += 1) {
      const row = set.rows[index];
      const y = place(section.rowsY + (index - section.first) * layout.rowHeight);
      if (row !== undefined) drawRow(brush, row, y);
    }
  };
  pen.save();
  pen.beginPath();
  pen.rect(0, HEAD_HEIGHT, scene.width, height);
  pen.clip();
  for (const section of layout.sections) {
    if (section.y <= bottom && section.y + section.height >= scrollTop) draw(section);
  }
  pen.restore();
}

/** Draws scenes on the canvas: what is in sight, and nothing else. */
export function createPainter(canvas: HTMLCanvasElement): { paint: (scene: Scene) => void } {
  let before: Scene | undefined;
  let styles: readonly KindStyle[] = [];
  let rule: BinRule = { urgency: [], isWide: [], least: 1 };

  return {
    paint: (scene) => {
      const pen = canvas.getContext('2d');
      if (pen === null) return;
      const { ratio, width, height, set, theme, background, layout } = scene;
      const isNewLook =
        before?.set.categories !== set.categories ||
        before.theme !== theme ||
        before.ratio !== ratio ||
        before.background !== background;
      if (isNewLook) {
        styles = kindStyles(pen, set.categories, theme, background, ratio);
        rule = { ...urgenciesOf(set.categories), least: Math.round(LEAST_TROUBLE * ratio) };
      }
      const pixels = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
      if (canvas.width !== pixels.width || canvas.height !== pixels.height) {
        canvas.width = pixels.width;
        canvas.height = pixels.height;
      }
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.textBaseline = 'middle';
      const bins = new Int16Array(Math.max(0, Math.round(layout.trackWidth * ratio)));
      const brush: Brush = { scene, pen, styles, rule, bins };
      drawGrid(brush);
      drawSections(brush);
      drawHead(brush);
      drawMarks(brush);
      before = scene;
    },
  };
}
