import { t } from '@grafana/i18n';
import { ConfirmModal, Stack, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { MaintenanceWindow, NewMaintenanceWindow } from '../../../domain/alerts/silence';
import { windowLines } from '../../../domain/alerts/silenceView';
import type { AlertRow } from '../../../domain/alerts/alert';
import { problemOf } from '../../../domain/problem';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { problemWords } from '../../../kit/states/problemWords';
import { useApp } from '../../../kit/app/appContext';
import { Known, newest, type Answer } from '../../../kit/answer';
import { NewWindowDialog } from './NewWindowDialog';
import { getSilenceStyles } from './silenceStyles';
import { useRefusals } from './useRefusals';
import { WindowTable } from './WindowTable';

interface Props {
  /** The alerts that are there now. */
  readonly alerts: readonly AlertRow[];
  readonly windows: Answer<MaintenanceWindow[]>;
  /** Windows that are over, too. */
  readonly past: boolean;
  readonly onChanged: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface WindowsProps extends Pick<Props, 'alerts' | 'past' | 'now'> {
  readonly windows: readonly MaintenanceWindow[];
  readonly refusals: ReadonlyMap<string, string>;
  readonly onEnd: (window: MaintenanceWindow) => void;
}

function Windows({ windows, alerts, past, refusals, onEnd, now }: WindowsProps) {
  const all = useMemo(() => windowLines(windows, alerts, now), [windows, alerts, now]);
  const shown = past ? all : all.filter(({ state }) => state !== 'ended');
  if (shown.length > 0) return <WindowTable lines={shown} refusals={refusals} onEnd={onEnd} now={now} />;
  return (
    <p>
      {t(
        'alerts.maintenance.none',
        'No device is in maintenance, and no window is planned. A window keeps alerts of devices, types or locations quiet for a time.',
      )}
    </p>
  );
}

/** The exporter's maintenance windows: nobody is told of what they cover. */
export function MaintenancePart({ alerts, windows, past, onChanged, now }: Props) {
  const styles = useStyles2(getSilenceStyles);
  const { clients } = useApp();
  const { error } = newest(windows);
  const problem = error === undefined ? undefined : problemOf(error, 'exporter');
  const [creating, setCreating] = useState(false);
  const [ending, setEnding] = useState<MaintenanceWindow>();
  const { refusals, attempt } = useRefusals('exporter');
  const create = async (window: NewMaintenanceWindow): Promise<void> => {
    await clients.alertStore.createMaintenance(window);
    setCreating(false);
    onChanged();
  };
  const end = async ({ id }: MaintenanceWindow): Promise<void> => {
    setEnding(undefined);
    await attempt(id, () => clients.alertStore.endMaintenance(id));
    onChanged();
  };
  return (
    <section>
      <Stack direction="column" gap={2}>
        <Stack direction="row" gap={1} alignItems="center" justifyContent="space-between" wrap="wrap">
          <h3 className={styles.title}>{t('alerts.maintenance.title', 'Maintenance windows')}</h3>
          <EditorButton
            variant="secondary"
            icon="plus"
            onClick={() => setCreating(true)}
            offBecause={problem === undefined ? undefined : problemWords(problem).title}
          >
            {t('alerts.maintenance.new', 'New window…')}
          </EditorButton>
        </Stack>
        <Known answer={windows} source="exporter" height={80} now={now}>
          {(value) => (
            <Windows
              windows={value}
              alerts={alerts}
              past={past}
              refusals={refusals}
              onEnd={setEnding}
              now={now}
            />
          )}
        </Known>
      </Stack>
      {creating && <NewWindowDialog onSave={create} onDismiss={() => setCreating(false)} />}
      {ending !== undefined && (
        <ConfirmModal
          isOpen
          title={t('alerts.maintenance.endTitle', 'End this window?')}
          body={t(
            'alerts.maintenance.endBody',
            'People will be told of what still fires. It cannot be taken back; a new window can be made.',
          )}
          confirmText={t('alerts.maintenance.endNow', 'End now')}
          dismissText={t('alerts.maintenance.keep', 'Keep it')}
          onConfirm={() => end(ending)}
          onDismiss={() => setEnding(undefined)}
        />
      )}
    </section>
  );
}
