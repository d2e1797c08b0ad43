import type { GrafanaTheme2 } from '@grafana/data';
import type { Category } from '../../../kit/frames/category';
import { urgencyOf } from '../../../kit/frames/status';
import { isTrouble } from '../data/summary';
import type { Pen } from '../../../kit/canvas/glyphs';

/** How the states of one kind are drawn. Heights are shares of the bar, so that colour is never alone. */
export interface KindStyle {
  readonly fill: string | CanvasPattern;
  /** Where the bar begins from above, and how high it is. */
  readonly top: number;
  readonly height: number;
  /** A line along the foot of what is calm. */
  readonly foot: string | undefined;
  /** Colour of sign and text on the bar. */
  readonly ink: string;
  readonly signColor: string;
}

type Texture = 'plain' | 'hatched' | 'dotted';

interface Look {
  readonly alpha: number;
  readonly texture: Texture;
  readonly top: number;
  readonly hasFoot: boolean;
}

/** Trouble is solid and full; what is fine stays calm; what is not known is only sketched. */
function lookOf({ status, isScheme }: Category, isDark: boolean): Look {
  const full = { texture: 'plain', top: 0, hasFoot: false } as const;
  if (isScheme === true) return { ...full, alpha: 1 };
  switch (status) {
    case 'error':
      return { ...full, alpha: 1 };
    case 'warning':
      return { ...full, alpha: 1, top: 0.18 };
    case 'maintenance':
      return { ...full, alpha: 1, top: 0.36 };
    case 'offline':
      return { ...full, alpha: 1, texture: 'hatched' };
    case 'unknown':
      return { ...full, alpha: 1, texture: 'dotted' };
    case 'online':
      return { ...full, alpha: isDark ? 0.3 : 0.26, hasFoot: true };
    case 'neutral':
      return { ...full, alpha: 0.2, hasFoot: true };
    case 'nodata':
      return { ...full, alpha: 0.5, top: 0.86 };
  }
}

function scratch(size: number): { readonly canvas: HTMLCanvasElement; readonly pen: Pen | null } {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  return { canvas, pen: canvas.getContext('2d', { willReadFrequently: true }) };
}

/** The colour laid over the background, as one that hides what is below: those are drawn fastest. */
function solid(color: string, alpha: number, background: string): string {
  const { pen } = scratch(1);
  if (pen === null) return color;
  pen.fillStyle = background;
  pen.fillRect(0, 0, 1, 1);
  pen.globalAlpha = alpha;
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${red},${green},${blue})`;
}

function textured(pen: Pen, color: string, texture: Texture, background: string, ratio: number) {
  const size = Math.round((texture === 'hatched' ? 6 : 5) * ratio);
  const { canvas, pen: own } = scratch(size);
  if (own === null) return color;
  own.fillStyle = solid(color, texture === 'hatched' ? 0.22 : 0.06, background);
  own.fillRect(0, 0, size, size);
  if (texture === 'hatched') {
    own.strokeStyle = color;
    own.lineWidth = 1.4 * ratio;
    own.beginPath();
    for (const shift of [-size, 0, size]) {
      own.moveTo(shift, size);
      own.lineTo(shift + size, 0);
    }
    own.stroke();
  } else {
    own.fillStyle = color;
    const dot = Math.max(1, Math.round(1.4 * ratio));
    own.fillRect(1, 1, dot, dot);
  }
  return pen.createPattern(canvas, 'repeat') ?? color;
}

/** The look of every kind of state, for one theme and size of pixels. */
export function kindStyles(
  pen: Pen,
  categories: readonly Category[],
  theme: GrafanaTheme2,
  background: string,
  ratio: number,
): readonly KindStyle[] {
  const { text } = theme.colors;
  return categories.map((category): KindStyle => {
    const { alpha, texture, top, hasFoot } = lookOf(category, theme.isDark);
    const isSolid = alpha === 1 && texture === 'plain';
    const ink = isSolid ? theme.colors.getContrastText(category.color) : text.primary;
    const isPlain = texture === 'plain';
    return {
      fill: isPlain
        ? isSolid
          ? category.color
          : solid(category.color, alpha, background)
        : textured(pen, category.color, texture, background, ratio),
      top,
      height: 1 - top,
      foot: hasFoot ? category.color : undefined,
      ink,
      signColor: isSolid ? ink : category.status === 'online' ? category.color : text.primary,
    };
  });
}

/** What decides who is seen where states share a pixel. */
export function urgenciesOf(categories: readonly Category[]): {
  readonly urgency: readonly number[];
  readonly isWide: readonly boolean[];
} {
  return {
    urgency: categories.map(({ status }) => urgencyOf(status)),
    isWide: categories.map((category) => isTrouble(category) || category.status === 'warning'),
  };
}
