import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { type FocusEventHandler, type KeyboardEventHandler, memo, type Ref, useId } from 'react';
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

function Entries({ set, active, now, listRef, onKeyDown, onFocus, onBlur }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const summaryId = `${id}summary`;
  const from = Math.max(0, active - AROUND);
  const shown = set.devices.slice(from, Math.max(0, active) + AROUND + 1);
  const summary = set.counts.map(({ category, count }) => `${count} ${category.label}`).join(', ');
  return (
    <>
      <p id={summaryId} className={styles.hidden}>
        {summary}
      </p>
      <ul
        ref={listRef}
        role="listbox"
        tabIndex={0}
        className={styles.hidden}
        aria-label={t('devicestatus.list.label', 'Devices')}
        aria-describedby={summaryId}
        aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {shown.map((device, offset) => (
          <li
            key={device.key}
            id={`${id}${from + offset}`}
            role="option"
            aria-selected={from + offset === active}
            aria-posinset={from + offset + 1}
            aria-setsize={set.devices.length}
          >
            {describe(device, now)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The devices as screen readers and the keyboard meet them; the canvas beside it is only their picture. */
export const DeviceList = memo(Entries);

const getStyles = () => ({
  hidden: css({
    position: 'absolute',
    width: 1,
    height: 1,
    margin: 0,
    padding: 0,
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
    listStyle: 'none',
  }),
});
