import { t } from '@grafana/i18n';
import { type FocusEventHandler, type KeyboardEventHandler, memo, type Ref } from 'react';
import { SpokenList } from '../../../kit/canvas/SpokenList';
import type { Device, DeviceSet } from '../data/device';
import { durationWords } from '../../../kit/time/timeWords';

interface Props {
  readonly set: DeviceSet;
  /** Device that the keyboard is at; -1 before it has been anywhere. */
  readonly active: number;
  readonly now: number;
  readonly listRef: Ref<HTMLUListElement>;
  readonly onKeyDown: KeyboardEventHandler;
  readonly onFocus: FocusEventHandler;
  readonly onBlur: FocusEventHandler;
}

/** Entries on each side of the active one: enough to read around, whatever the number of devices. */
const AROUND = 15;

function describe(device: Device, now: number): string {
  const parts = [device.name || t('devicestatus.device.unnamed', '(no name)'), device.text];
  if (device.since !== null) {
    parts.push(
      t('devicestatus.list.since', 'for {{duration}}', { duration: durationWords(now - device.since) }),
    );
  }
  if (device.stale) parts.push(t('devicestatus.tooltip.stale', 'stale'));
  if (device.group !== '') parts.push(device.group);
  return parts.join(', ');
}

const keyOf = ({ key }: Device): string => key;

function Entries({ set, now, ...list }: Props) {
  return (
    <SpokenList
      {...list}
      entries={set.devices}
      keyOf={keyOf}
      wordsOf={(device) => describe(device, now)}
      around={AROUND}
      label={t('devicestatus.list.label', 'Devices')}
      summary={set.counts.map(({ category, count }) => `${count} ${category.label}`).join(', ')}
    />
  );
}

/** The devices as screen readers and the keyboard meet them; the canvas beside it is only their picture. */
export const DeviceList = memo(Entries);
