import {
  dateTimeFormat,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getFieldDisplayName,
  type GrafanaTheme2,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import type { Cell, Device } from '../data/device';
import { formatDuration } from '../data/duration';

export interface Detail {
  readonly name: string;
  readonly text: string;
}

export interface DetailContext {
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  readonly now: number;
}

const MOST_DETAILS = 12;
const HIDDEN = new Set(['__name__', 'job', 'instance', 'Time']);

function valueOf({ field, row }: Cell, { theme, timeZone }: DetailContext): string {
  const display = field.display ?? getDisplayProcessor({ field, theme, timeZone });
  return formattedValueToString(display(field.values[row]));
}

function ago(moment: number, { now, timeZone }: DetailContext): string {
  const time = dateTimeFormat(moment, { timeZone });
  const duration = formatDuration(now - moment);
  return `${t('devicestatus.tooltip.ago', '{{duration}} ago', { duration })} · ${time}`;
}

function labelsOf(device: Device): readonly Detail[] {
  const { field, frame, row } = device.cell;
  if (field.labels !== undefined) {
    return Object.entries(field.labels).map(([name, text]) => ({ name, text }));
  }
  return frame.fields
    .filter((other) => other !== field && other.type === FieldType.string)
    .map((other) => ({ name: other.name, text: String(other.values[row] ?? '') }));
}

function extraName({ field, frame }: Cell): string {
  return field.labels?.metric_name ?? getFieldDisplayName(field, frame);
}

/** What the tooltip lists below the status: time in state, last sign of life, other values, labels. */
export function detailsOf(device: Device, context: DetailContext): readonly Detail[] {
  const details: Detail[] = [];
  if (device.since !== null) {
    details.push({
      name: t('devicestatus.tooltip.since', 'Since'),
      text: ago(device.since, context),
    });
  }
  if (device.seen !== null) {
    details.push({ name: t('devicestatus.tooltip.seen', 'Last seen'), text: ago(device.seen, context) });
  }
  for (const extra of device.extras) details.push({ name: extraName(extra), text: valueOf(extra, context) });
  for (const label of labelsOf(device)) {
    if (
      !HIDDEN.has(label.name) &&
      label.text !== '' &&
      label.text !== device.name &&
      label.text !== device.id
    )
      details.push(label);
  }
  return details.slice(0, MOST_DETAILS);
}
