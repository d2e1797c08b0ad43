import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useState } from 'react';
import type { AlertRow } from '../../domain/alerts/alert';
import { loadAlerts } from '../../features/alerts/data/loadAlerts';
import { APP_ROOT } from '../../api/pluginId';
import { EditorButton } from '../../features/alerts/list/EditorButton';
import { PageButton } from '../../kit/links/PageLink';
import { useApp } from '../../kit/app/appContext';
import { SilenceDialog } from '../../features/alerts/dialogs/SilenceDialog';

/** The alerts page with the alerts of one device. */
export function deviceAlertsPath(deviceId: string): string {
  return `${APP_ROOT}/alerts?${new URLSearchParams({ device: deviceId }).toString()}`;
}

/** What can be done about the alerts of a device from its page. */
export function DeviceActions({ deviceId }: { readonly deviceId: string }) {
  const { clients } = useApp();
  const [alerts, setAlerts] = useState<readonly AlertRow[]>();
  const open = async (): Promise<void> => setAlerts((await loadAlerts(clients)).alerts);
  const close = (): void => setAlerts(undefined);
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <PageButton icon="bell" to={deviceAlertsPath(deviceId)}>
        {t('alerts.actions.openAlerts', 'Open alerts')}
      </PageButton>
      <EditorButton silences variant="secondary" icon="bell-slash" onClick={() => void open()}>
        {t('alerts.actions.silenceOpen', 'Silence…')}
      </EditorButton>
      {alerts !== undefined && (
        <SilenceDialog
          matchers={[{ name: 'device_id', value: deviceId, isRegex: false, isEqual: true }]}
          alerts={alerts}
          onClose={close}
          onDone={close}
        />
      )}
    </Stack>
  );
}
