import {
  dateTimeFormat,
  type Field,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getFieldDisplayName,
  type GrafanaTheme2,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import type { Cell } from '../../../kit/frames/cell';
import type { Device } from '../data/device';
import { shownName } from '../../../kit/frames/roles';
import { durationWords } from '../../../kit/time/timeWords';

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
  const duration = durationWords(now - moment);
  return `${t('devicestatus.tooltip.ago', '{{duration}} ago', { duration })} · ${time}`;
}

/** The labels of a series; of a table all columns that have no part in the tile itself, as Grafana shows them. */
function labelsOf(device: Device, context: DetailContext): readonly Detail[] {
  const { field, frame, row, columns } = device.cell;
  const labels = Object.entries(field.labels ?? {}).map(([name, text]) => ({ name, text }));
  if (columns === undefined) return labels;
  const { id, name, since, seen, time } = columns;
  const shown = new Set<Field | undefined>([field, id, name, since, seen, time]);
  const others = frame.fields
    .filter((other) => !shown.has(other) && other.type !== FieldType.frame)
    .map((other) => ({ name: shownName(other), text: valueOf({ frame, field: other, row }, context) }));
  return [...labels, ...others];
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
  for (const label of labelsOf(device, context)) {
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
