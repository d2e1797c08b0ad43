import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { DeviceFacts } from '../../features/fleet/loadDevice';
import { Since } from '../../kit/time/Since';
import { StatusLabel } from '../../kit/status/StatusLabel';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { StatusReasonLine } from './StatusReasonLine';

const getStyles = (theme: GrafanaTheme2) => ({
  status: css({
    ...theme.typography.h3,
    margin: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    alignItems: 'baseline',
  }),
  facts: css({
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1),
    overflowWrap: 'anywhere',
    color: theme.colors.text.secondary,
    listStyle: 'none',
    '& > li + li::before': { content: '"·"', marginRight: theme.spacing(1) },
  }),
});

function seenWords({ lastSeen, reported }: DeviceFacts, now: number, clock: (at: number) => string): string {
  if (lastSeen === null) return t('device.neverSeen', 'never heard from');
  const values = { ago: durationWords(now - lastSeen), time: clock(lastSeen) };
  const onMqtt = reported?.some(({ source }) => source === 'mqtt') === true;
  return onMqtt
    ? t('device.seenMqtt', 'seen {{ago}} ago ({{time}}), reports on MQTT', values)
    : t('device.seen', 'seen {{ago}} ago ({{time}})', values);
}

interface Props {
  readonly device: DeviceFacts;
  readonly now: number;
}

/** What the device is, how it is, since when and why. */
export function Identity({ device, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const { name, deviceType, location, manufacturer, model, firmwareVersion, registered } = device;
  const firmware =
    firmwareVersion === ''
      ? ''
      : t('device.firmware', 'firmware {{version}}', {
          version: firmwareVersion,
          interpolation: { escapeValue: false },
        });
  const facts = [name, deviceType, location, [manufacturer, model].join(' ').trim(), firmware].filter(
    (text) => text !== '',
  );
  return (
    <section>
      <h2 className={styles.status}>
        <StatusLabel status={device.status} />
        <Since at={device.since} now={now} missing={t('fleet.sinceUnknown', 'Nobody knows since when')} />
      </h2>
      <ul className={styles.facts}>
        {facts.map((fact) => (
          <li key={fact}>
            <bdi>{fact}</bdi>
          </li>
        ))}
        <li>{seenWords(device, now, (at) => clockWords(at, now, timeZone))}</li>
        {!registered && (
          <li>{t('device.unregistered', 'the platform does not know it; it is heard on MQTT only')}</li>
        )}
      </ul>
      <StatusReasonLine device={device} now={now} />
    </section>
  );
}
