import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { foldDevices } from '../../../domain/traces/foldDevices';
import type { ServiceMap as Calls } from '../../../domain/traces/serviceMap';
import { useSize } from '../../../kit/list/useSize';
import { durationWords } from '../../../kit/time/timeWords';
import { ErrorSpreadLines } from './ErrorSpreadLines';
import { MapGraph } from './MapGraph';
import { layoutMap, type MapSizes } from './mapLayout';
import { MapList } from './MapList';
import { getMapStyles } from './mapStyles';

/** From the most comfortable to the least that can still be read. */
const SIZES: readonly MapSizes[] = [
  { boxWidth: 148, boxHeight: 52, labelWidth: 112, labelHeight: 40, tight: false },
  { boxWidth: 124, boxHeight: 52, labelWidth: 96, labelHeight: 40, tight: false },
  { boxWidth: 100, boxHeight: 46, labelWidth: 58, labelHeight: 52, tight: true },
];
const SMALL: readonly MapSizes[] = SIZES.map((sizes) => ({ ...sizes, boxHeight: 46 }));

/** Types of devices that have a box of their own, less one for all others. */
const DEVICE_BOXES = 8;

interface Props {
  readonly map: Calls;
  /** Beside other things, with less of everything. */
  readonly small?: boolean;
}

/** What the figures of MQTT messages are, or why there are none; nothing on a map without messages. */
function MessageCaption({ edges }: Pick<Calls, 'edges'>) {
  const messages = edges.filter(({ kind }) => kind === 'messages');
  if (messages.some(({ unmeasured }) => unmeasured === 'broker_away'))
    return (
      <>
        {' '}
        {t(
          'traces.map.brokerAway',
          'MQTT messages are not measured now: the exporter is not connected to the broker.',
        )}
      </>
    );
  if (!messages.some(({ rate }) => rate !== null)) return null;
  return <> {t('traces.map.messages', 'Of MQTT: messages a second; how long they take is not measured.')}</>;
}

/** Who calls whom, how often, how well and how fast, and how an error spreads: a drawing where there is room for one. */
export function ServiceMap({ map: whole, small = false }: Props) {
  const styles = useStyles2(getMapStyles);
  const { ref, size } = useSize();
  const width = size?.width ?? 0;
  const map = useMemo(() => foldDevices(whole, small ? 1 : DEVICE_BOXES), [whole, small]);
  const drawn = useMemo(() => {
    for (const sizes of small ? SMALL : SIZES) {
      const picture = layoutMap(map, width, sizes);
      if (picture !== undefined) return { picture, sizes };
    }
    return undefined;
  }, [map, width, small]);
  const name = t('traces.map.title', 'Service map');
  return (
    <figure className={styles.map} ref={ref}>
      {drawn === undefined ? (
        <MapList map={map} name={name} />
      ) : (
        <MapGraph map={map} picture={drawn.picture} sizes={drawn.sizes} name={name} />
      )}
      <ErrorSpreadLines map={map} most={small ? 1 : 3} />
      <figcaption className={styles.caption}>
        {t('traces.map.caption', 'Calls a second · what 95 of 100 are faster than, of the last {{window}}.', {
          window: durationWords(map.window),
        })}
        <MessageCaption edges={map.edges} />
      </figcaption>
    </figure>
  );
}
