import type { GrafanaTheme2 } from '@grafana/data';
import type { Category } from '../../../kit/frames/category';

/** How a tile is filled: trouble is solid, what is fine stays calm, what is not known is an outline. */
export interface TileStyle {
  readonly fillAlpha: number;
  readonly isOutlined: boolean;
  readonly dash: 'none' | 'dashed' | 'dotted';
  /** Colour of sign and text on the tile. */
  readonly ink: string;
  /** Colour of the second line. */
  readonly softInk: string;
}

export function tileStyle(category: Category, stale: boolean, theme: GrafanaTheme2): TileStyle {
  const { text } = theme.colors;
  const calm = { isOutlined: true, dash: 'none', ink: text.primary, softInk: text.secondary } as const;
  if (category.isScheme === true && !stale) {
    const ink = theme.colors.getContrastText(category.color);
    return { fillAlpha: 1, isOutlined: false, dash: 'none', ink, softInk: ink };
  }
  if (stale) return { ...calm, fillAlpha: 0.14, dash: 'dashed' };
  switch (category.status) {
    case 'error':
    case 'warning':
    case 'maintenance': {
      const ink = theme.colors.getContrastText(category.color);
      return { fillAlpha: 1, isOutlined: false, dash: 'none', ink, softInk: ink };
    }
    case 'online':
      return { ...calm, fillAlpha: theme.isDark ? 0.2 : 0.16 };
    case 'offline':
      return { ...calm, fillAlpha: 0.2 };
    case 'unknown':
      return { ...calm, fillAlpha: 0.06, dash: 'dashed' };
    case 'neutral':
      return { ...calm, fillAlpha: 0.08 };
    case 'nodata':
      return { ...calm, fillAlpha: 0, dash: 'dotted', ink: text.secondary };
  }
}
