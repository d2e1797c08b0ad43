import { t } from '@grafana/i18n';
import { ConfirmModal, Stack, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { MaintenanceWindow, NewMaintenanceWindow } from '../../../domain/alerts/silence';
import { windowLines } from '../../../domain/alerts/silenceView';
import type { AlertPicture } from '../../../features/alerts/data/alertLoader';
import { problemOf } from '../../../domain/problem';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';
import { problemWords } from '../../../kit/states/problemWords';
import { Skeleton } from '../../../kit/states/Skeleton';
import { useApp } from '../../../kit/app/appContext';
import type { Loaded } from '../../../kit/useLoad';
import { NewWindowDialog } from './NewWindowDialog';
import { getSilenceStyles } from './silenceStyles';
import { useRefusals } from './useRefusals';
import { WindowTable } from './WindowTable';

interface Props {
  readonly picture: AlertPicture;
  readonly windows: Loaded<MaintenanceWindow[]>;
  /** Windows that are over, too. */
  readonly past: boolean;
  readonly onChanged: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The exporter's maintenance windows: nobody is told of what they cover. */
export function MaintenancePart({ picture, windows: loaded, past, onChanged, now }: Props) {
  const styles = useStyles2(getSilenceStyles);
  const { clients } = useApp();
  const { alerts } = picture;
  const { value: windows, error } = loaded;
  const problem = error === undefined ? undefined : problemOf(error, 'exporter');
  const [creating, setCreating] = useState(false);
  const [ending, setEnding] = useState<MaintenanceWindow>();
  const { refusals, attempt } = useRefusals('exporter');
  const all = useMemo(() => windowLines(windows ?? [], alerts, now), [windows, alerts, now]);
  const shown = past ? all : all.filter(({ state }) => state !== 'ended');
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
        {problem !== undefined && <ProblemNotice problem={problem} />}
        {windows === undefined && problem === undefined && <Skeleton height={80} />}
        {windows !== undefined && shown.length === 0 && (
          <p>
            {t(
              'alerts.maintenance.none',
              'No device is in maintenance, and no window is planned. A window keeps alerts of devices, types or locations quiet for a time.',
            )}
          </p>
        )}
        {shown.length > 0 && <WindowTable lines={shown} refusals={refusals} onEnd={setEnding} now={now} />}
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
