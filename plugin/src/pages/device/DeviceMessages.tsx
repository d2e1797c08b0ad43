import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import { APP_ROOT } from '../../api/pluginId';
import { PageButton } from '../../kit/links/PageLink';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';

const PLAIN = { interpolation: { escapeValue: false } } as const;
const wrap = css({ overflowWrap: 'anywhere' });

/** More of a name than this helps nobody in a sentence. */
function shortName(deviceId: string): string {
  return deviceId.length > 80 ? `${deviceId.slice(0, 80)}…` : deviceId;
}

/** Nobody ever heard of the device: what was searched, and where devices come from. */
export function UnheardDevice({ deviceId }: { readonly deviceId: string }) {
  return (
    <section className={wrap}>
      <h2>
        <bdi>
          {t('device.unheard.title', '{{deviceId}} was never heard of', {
            deviceId: shortName(deviceId),
            ...PLAIN,
          })}
        </bdi>
      </h2>
      <p>
        {t(
          'device.unheard.searched',
          "Searched: the exporter's list of devices, MQTT included, and the last seven days in Prometheus. Upper and lower case matter.",
        )}
      </p>
      <p>
        {t(
          'device.unheard.where',
          "Devices come from the platform's database or REST API, or from MQTT: register the device there, or check its id.",
        )}
      </p>
      <PageButton to={`${APP_ROOT}/fleet`} icon="arrow-left">
        {t('device.toFleet', 'Back to the fleet')}
      </PageButton>
    </section>
  );
}

/** The device was there and is no more. `goneSince`, `now`: milliseconds since the epoch. */
export function GoneDevice({ goneSince, now }: { readonly goneSince: number; readonly now: number }) {
  const { timeZone } = useApp();
  return (
    <Alert
      severity="warning"
      title={t('device.gone.title', 'This device has expired: it was last listed {{ago}} ago ({{time}})', {
        ago: durationWords(now - goneSince),
        time: clockWords(goneSince, now, timeZone),
      })}
    >
      {t(
        'device.gone.why',
        'The platform removed or deactivated it, or it fell silent for good. Below is what was known last.',
      )}
    </Alert>
  );
}

/** The device is registered and gave no sign of life. */
export function NeverSeenDevice() {
  return (
    <Alert
      severity="info"
      title={t('device.neverSeenTitle', 'This device is registered and was never heard from')}
    >
      {t(
        'device.neverSeenNext',
        'No message and no telemetry arrived since it was added: check its power, its network and the MQTT topic it publishes to.',
      )}
    </Alert>
  );
}
