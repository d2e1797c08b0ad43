import type { PanelModel, PanelTypeChangedHandler } from '@grafana/data';
import { STATUS_METRIC } from '../../../kit/frames/roles';
import { hasGrafanasThresholds } from '../../../kit/frames/thresholds';
import { defaultOptions, type DeviceStatusOptions } from './options';

const LAYOUTS: readonly string[] = ['honeycomb', 'squares', 'list'];

function isLayout(value: unknown): value is DeviceStatusOptions['layout'] {
  return typeof value === 'string' && LAYOUTS.includes(value);
}

/** The metric's own name in an expression, and not the beginning of another's. */
const OWN_METRIC = new RegExp(`\\b${STATUS_METRIC}\\b`);

/** Whether a query asks for the status metric; what an expression makes of it no longer carries its name. */
function asksForStatus(targets: readonly object[] | undefined): boolean {
  return (targets ?? []).some(
    (target) => 'expr' in target && typeof target.expr === 'string' && OWN_METRIC.test(target.expr),
  );
}

/**
 * Options of any earlier version as this one writes them: what is missing gets its default, an unknown layout the
 * default one. Earlier versions took small whole numbers of devices for status codes: where a query asks for them
 * they stay so.
 */
export function migrateOptions(
  panel: Pick<PanelModel<Partial<DeviceStatusOptions>>, 'options' | 'targets'>,
): DeviceStatusOptions {
  const options: Partial<DeviceStatusOptions> = panel.options;
  const { statusCodes = 'auto' } = options;
  return {
    ...defaultOptions,
    ...options,
    layout: isLayout(options.layout) ? options.layout : defaultOptions.layout,
    statusCodes: statusCodes === 'auto' && asksForStatus(panel.targets) ? 'always' : statusCodes,
  };
}

/**
 * Another kind of panel leaves its thresholds behind. Those that Grafana gives to every new panel, green and red
 * from 80, nobody has chosen: with them every small number would look healthy.
 */
export const changePanelType: PanelTypeChangedHandler<DeviceStatusOptions> = (panel) => {
  const { defaults } = panel.fieldConfig;
  if (hasGrafanasThresholds(defaults)) delete defaults.thresholds;
  return panel.options;
};
