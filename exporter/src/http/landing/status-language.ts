import type { DeviceStatus } from '../../metrics/catalogue/devices.ts';
import type { SourceState } from '../collector-words.ts';

/** How a state looks: the glyph always stands beside its word, the tone is a class of the style sheet. */
export interface Look {
  readonly glyph: string;
  readonly tone: 'success' | 'warning' | 'error' | 'info' | 'soft' | 'disabled';
}

/** The product's status language for devices. */
export const DEVICE_LOOKS: Readonly<Record<DeviceStatus, Look>> = {
  online: { glyph: '●', tone: 'success' },
  warning: { glyph: '▲', tone: 'warning' },
  error: { glyph: '✕', tone: 'error' },
  offline: { glyph: '○', tone: 'soft' },
  maintenance: { glyph: '◆', tone: 'info' },
  unknown: { glyph: '?', tone: 'disabled' },
};

/** The same glyphs for sources; their sentence begins with the word. */
export const SOURCE_LOOKS: Readonly<Record<SourceState, Look>> = {
  ok: { glyph: '●', tone: 'success' },
  failing: { glyph: '✕', tone: 'error' },
  paused: { glyph: '✕', tone: 'error' },
  waiting: { glyph: '?', tone: 'disabled' },
  not_configured: { glyph: '–', tone: 'disabled' },
};
