import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useState } from 'react';
import type { AlertRow } from '../../domain/alerts/alert';
import type { ActionOutcome } from '../../features/alerts/data/actions';
import { loadAlerts, outdateAlerts } from '../../features/alerts/data/loadAlerts';
import { APP_ROOT } from '../../api/pluginId';
import { EditorButton } from '../../features/alerts/list/EditorButton';
import { logsPath } from '../../features/logs/logsAddress';
import { PageButton } from '../../kit/links/PageLink';
import { useApp } from '../../kit/app/appContext';
import { SilenceOutcome } from '../../features/alerts/dialogs/SilenceOutcome';
import { SilenceDialog } from '../../features/alerts/dialogs/SilenceDialog';
import { deviceTracesPath } from './DeviceTraces';

/** The alerts page with the alerts of one device. */
export function deviceAlertsPath(deviceId: string): string {
  return `${APP_ROOT}/alerts?${new URLSearchParams({ device: deviceId }).toString()}`;
}

interface Props {
  readonly deviceId: string;
  /** Something was done: what the page shows of alerts is older than that. */
  readonly onChanged: () => void;
}

/** What can be done about the alerts of a device from its page, and what came of it. */
export function DeviceActions({ deviceId, onChanged }: Props) {
  const { clients } = useApp();
  const [alerts, setAlerts] = useState<readonly AlertRow[]>();
  const open = async (): Promise<void> => setAlerts((await loadAlerts(clients)).alerts);
  const close = (): void => setAlerts(undefined);
  const [outcomes, setOutcomes] = useState<readonly ActionOutcome[]>();
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <PageButton icon="bell" to={deviceAlertsPath(deviceId)}>
        {t('alerts.actions.openAlerts', 'Open alerts')}
      </PageButton>
      <EditorButton silences variant="secondary" icon="bell-slash" onClick={() => void open()}>
        {t('alerts.actions.silenceOpen', 'Silence…')}
      </EditorButton>
      <PageButton icon="gf-logs" to={logsPath({ device: deviceId })}>
        {t('device.lines.open', 'Logs')}
      </PageButton>
      <PageButton icon="gf-traces" to={deviceTracesPath(deviceId)}>
        {t('device.traces.open', 'Traces')}
      </PageButton>
      <PageButton
        icon="document-info"
        to={`${APP_ROOT}/report?${new URLSearchParams({ device: deviceId }).toString()}`}
      >
        {t('report.title', 'Report')}
      </PageButton>
      <SilenceOutcome outcomes={outcomes} onRemove={() => setOutcomes(undefined)} />
      {alerts !== undefined && (
        <SilenceDialog
          matchers={[{ name: 'device_id', value: deviceId, isRegex: false, isEqual: true }]}
          alerts={alerts}
          onClose={close}
          onDone={(next) => {
            close();
            setOutcomes(next);
            outdateAlerts(clients);
            onChanged();
          }}
        />
      )}
    </Stack>
  );
}
