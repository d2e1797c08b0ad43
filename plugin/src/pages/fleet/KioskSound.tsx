import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { useAlarm } from '../../kit/alarm/useAlarm';

/**
 * Sounds a tone for each critical alert that comes. Browsers let a page make a noise only after somebody touched it:
 * until then the screen says so.
 */
export function KioskSound({ alerts }: { readonly alerts: readonly string[] | undefined }) {
  const { blocked, allow } = useAlarm(alerts);
  if (!blocked) return null;
  return (
    <p role="status">
      {t('kiosk.muted', 'The browser keeps this page silent until somebody presses a button.')}{' '}
      <Button icon="bell" onClick={allow}>
        {t('kiosk.allowSound', 'Switch the sound on')}
      </Button>
    </p>
  );
}
