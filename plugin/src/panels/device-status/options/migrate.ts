import type { PanelModel } from '@grafana/data';
import { defaultOptions, type DeviceStatusOptions } from './options';

const LAYOUTS: readonly string[] = ['honeycomb', 'squares', 'list'];

function isLayout(value: unknown): value is DeviceStatusOptions['layout'] {
  return typeof value === 'string' && LAYOUTS.includes(value);
}

/** Options of any earlier version as this one writes them: what is missing gets its default, an unknown layout the default one. */
export function migrateOptions(
  panel: Pick<PanelModel<Partial<DeviceStatusOptions>>, 'options'>,
): DeviceStatusOptions {
  const options: Partial<DeviceStatusOptions> = panel.options;
  return {
    ...defaultOptions,
    ...options,
    layout: isLayout(options.layout) ? options.layout : defaultOptions.layout,
  };
}
