import { t } from '@grafana/i18n';
import { Stack } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import { filterAlerts, type AlertFilter } from '../../../domain/alerts/filter';
import { groupAlerts } from '../../../domain/alerts/group';
import type { AlertPicture } from '../../../features/alerts/data/alertLoader';
import type { ProblemKind } from '../../../domain/problem';
import { AlertDetails } from '../../../features/alerts/details/AlertDetails';
import { AlertList } from '../../../features/alerts/list/AlertList';
import type { AlertAction } from '../../../features/alerts/list/rowMark';
import { useApp } from '../../../kit/app/appContext';
import { Known, type Answer } from '../../../kit/answer';
import { useNow } from '../../../kit/time/useNow';
import type { PageTime } from '../../../kit/time/usePageTime';
import type { UrlQuery } from '../../../kit/useUrlQuery';
import { useAlertActions } from '../actions/useAlertActions';
import { useFocusBack } from '../dialogs/useFocusBack';
import {
  CLEARED,
  isCleared,
  readActiveView,
  toggledGroup,
  writeActiveFilter,
  writeGroup,
} from './activeAddress';
import { ActiveDialogs } from './ActiveDialogs';
import { ActiveEmpty } from './ActiveEmpty';
import { ActiveFilters } from './ActiveFilters';
import { BulkBar } from './BulkBar';
import { concerned, type OpenDialog } from './dialogState';
import { RowActions } from './RowActions';
import { SourceNotices } from './SourceNotices';
import { useSelection } from './useSelection';

/** Durations are renewed this often, milliseconds. */
const CLOCK_MS = 5000;
/** The list ends where the window does; what lies above it is about so high. */
const MAX_HEIGHT = 'max(26rem, calc(100vh - 21rem))';

/** Nobody set it up, or somebody switched it off: it hides nothing. */
const NO_DOUBT: ReadonlySet<ProblemKind> = new Set(['not-configured', 'alerts-off']);

interface Props {
  readonly url: UrlQuery;
  readonly time: PageTime;
  readonly alerts: Answer<AlertPicture>;
}

interface BodyProps extends Omit<Props, 'alerts'> {
  readonly picture: AlertPicture;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function ActiveBody({ url, time, picture, now }: BodyProps) {
  const { canEdit, canSilence } = useApp();
  const selection = useSelection();
  const [dialog, setDialog] = useState<OpenDialog>();
  const { box, remember } = useFocusBack(dialog !== undefined);
  const { selectMany } = selection;
  // What was done is done with; what was refused stays selected.
  const deselect = useCallback((done: readonly string[]) => selectMany(done, false), [selectMany]);
  const actions = useAlertActions(picture, time.refreshNow, deselect);
  const { alerts } = actions;
  const view = useMemo(() => readActiveView(url.query), [url.query]);
  const { filter, group } = view;
  const shown = useMemo(() => filterAlerts(alerts, filter), [alerts, filter]);
  const groups = useMemo(() => groupAlerts(shown, group), [shown, group]);
  const act = useCallback(
    (kind: AlertAction, about: readonly AlertRow[]): void => {
      const some = concerned(kind, about);
      if (some.length === 0) return;
      remember(some[0]?.fingerprint);
      setDialog({ kind, alerts: some });
    },
    [remember],
  );
  const { change } = url;
  const onFilter = useCallback((next: Partial<AlertFilter>) => change(writeActiveFilter(next)), [change]);
  const onGroup = useCallback((label: string) => change(writeGroup(label), { push: true }), [change]);
  const onOpen = useCallback((alert: string | null) => change({ alert }), [change]);
  const { marks } = actions;
  const rowActions = useCallback(
    (alert: AlertRow) => (
      <RowActions alert={alert} busy={marks.get(alert.fingerprint)?.kind === 'sending'} onAction={act} />
    ),
    [marks, act],
  );
  const onKey = (key: string, alert: AlertRow): void => {
    if (!(key === 'a' && canEdit) && !(key === 's' && canSilence)) return;
    const chosen = shown.filter(({ fingerprint }) => selection.selected.has(fingerprint));
    act(key === 'a' ? 'acknowledge' : 'silence', chosen.length > 0 ? chosen : [alert]);
  };
  return (
    <div ref={box} tabIndex={-1}>
      <Stack direction="column" gap={1}>
        <SourceNotices problems={picture.problems} now={now} />
        {!picture.complete && (
          <p>
            {t(
              'alerts.active.incomplete',
              'There are more alerts than this list can hold: these are the newest.',
            )}
          </p>
        )}
        <ActiveFilters alerts={alerts} filter={filter} onChange={onFilter} group={group} onGroup={onGroup} />
        <BulkBar
          shown={shown}
          total={alerts.length}
          selection={selection}
          onAction={act}
          announcement={actions.announcement}
          progress={actions.progress}
        />
        {shown.length === 0 ? (
          <ActiveEmpty
            hidden={alerts.length}
            isFiltered={!isCleared(filter)}
            isWhole={picture.problems.every(({ kind }) => NO_DOUBT.has(kind))}
            onClear={() => onFilter(CLEARED)}
            tick={time.tick}
            now={now}
          />
        ) : (
          <AlertList
            name={t('alerts.active.list', 'Active alerts')}
            groups={groups}
            label={group}
            closed={view.closed}
            onToggleGroup={(key) => change(toggledGroup(view.closed, key))}
            openKey={url.query.get('alert')}
            onOpen={onOpen}
            selection={selection}
            marks={marks}
            actions={rowActions}
            details={(alert) => (
              <AlertDetails
                alert={alert}
                rules={picture.rules}
                silences={picture.silences}
                range={time.range}
                tick={time.tick}
                now={now}
              />
            )}
            onKey={onKey}
            maxHeight={MAX_HEIGHT}
            now={now}
          />
        )}
        {dialog !== undefined && (
          <ActiveDialogs
            dialog={dialog}
            picture={picture}
            actions={actions}
            onClose={() => setDialog(undefined)}
          />
        )}
      </Stack>
    </div>
  );
}

/** What fires now, who was told, who has taken it on, and what can be done about it. */
export function ActiveTab({ url, time, alerts }: Props) {
  const now = useNow(CLOCK_MS);
  return (
    <Known answer={alerts} source="exporter" height={480} now={now}>
      {(picture) => <ActiveBody url={url} time={time} picture={picture} now={now} />}
    </Known>
  );
}
