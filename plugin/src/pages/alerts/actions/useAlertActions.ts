import { useCallback, useMemo, useState } from 'react';
import {
  expireSilences,
  resolveAlerts,
  silencesOf,
  type ActionOutcome,
} from '../../../features/alerts/data/actions';
import { takeOn, type Taking } from '../../../features/alerts/data/takeOn';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertPicture } from '../../../features/alerts/data/alertLoader';
import type { AlertAction } from '../../../features/alerts/list/rowMark';
import { outdateAlerts } from '../../../features/alerts/data/loadAlerts';
import { useApp } from '../../../kit/app/appContext';
import { outcomeWords } from '../../../features/alerts/list/outcomeWords';
import {
  finished,
  forgotten,
  marksOf,
  started,
  withNewSilences,
  withOverlays,
  type Overlays,
} from './overlay';

const NOTHING: Overlays = new Map();

/** How far an action on many is, and the way to stop it; undefined when none is under way. */
export interface Progress {
  readonly action: AlertAction;
  readonly done: number;
  readonly total: number;
  readonly cancel: () => void;
}

/** Outcomes of silences, told of the alerts that they keep quiet: those whose silences were all tried. */
function byAlert(alerts: readonly AlertRow[], outcomes: readonly ActionOutcome[]): ActionOutcome[] {
  const byId = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  return alerts.flatMap(({ fingerprint, silencedBy }): ActionOutcome[] => {
    const its = silencedBy.map((id) => byId.get(id));
    if (its.includes(undefined)) return [];
    const refused = its.find((outcome) => outcome !== undefined && outcome.refusal !== null);
    return [{ key: fingerprint, refusal: refused?.refusal ?? null }];
  });
}

/**
 * Acting on alerts: rows change at once, marked as being sent, and come back with the reason when they are refused.
 * `reload` asks for a newer picture; `onDone` gets the fingerprints of those that it
 * was done for.
 */
export function useAlertActions(
  picture: AlertPicture,
  reload: () => void,
  onDone: (done: readonly string[]) => void,
) {
  const { clients, login } = useApp();
  const [overlays, setOverlays] = useState(NOTHING);
  const [announcement, setAnnouncement] = useState('');
  const [progress, setProgress] = useState<Progress>();

  const settle = useCallback(
    (action: AlertAction, outcomes: readonly ActionOutcome[]): void => {
      const refused = outcomes.filter(({ refusal }) => refusal !== null).map(({ key }) => key);
      setOverlays((before) => finished(before, outcomes, Date.now()));
      setAnnouncement(outcomeWords(action, outcomes.length - refused.length, refused.length));
      onDone(outcomes.filter(({ refusal }) => refusal === null).map(({ key }) => key));
      outdateAlerts(clients);
      reload();
    },
    [clients, onDone, reload],
  );
  const start = useCallback(
    (action: AlertAction, alerts: readonly AlertRow[], comment: string): readonly string[] => {
      const keys = alerts.map(({ fingerprint }) => fingerprint);
      setOverlays((before) => started(before, keys, action, { by: login, at: Date.now(), comment }));
      setAnnouncement('');
      return keys;
    },
    [login],
  );
  const take = (how: Taking) => async (alerts: readonly AlertRow[], comment: string) => {
    start(how, alerts, comment);
    settle(how, await takeOn(clients, how, alerts, comment));
  };
  const resolve = async (alerts: readonly AlertRow[], comment: string): Promise<void> => {
    const keys = start('resolve', alerts, comment);
    settle('resolve', await resolveAlerts(clients.alertStore, keys, comment));
  };
  const silences = useMemo(() => withNewSilences(picture.silences, overlays), [picture, overlays]);
  const expire = async (alerts: readonly AlertRow[]): Promise<void> => {
    const keys = start('expire', alerts, '');
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    const outcomes = await expireSilences(clients, silencesOf(alerts, silences), {
      signal: controller.signal,
      onProgress: (done, total) => setProgress({ action: 'expire', done, total, cancel }),
    });
    setProgress(undefined);
    const settled = byAlert(alerts, outcomes);
    const tried = new Set(settled.map(({ key }) => key));
    // What was not begun stays as it was.
    const untouched = keys.filter((key) => !tried.has(key));
    setOverlays((before) => forgotten(before, untouched));
    settle('expire', settled);
  };
  /** The dialog made silences: of these alerts, one outcome for each. */
  const silenced = (alerts: readonly AlertRow[], outcomes: readonly ActionOutcome[]): void => {
    start('silence', alerts, '');
    settle('silence', outcomes);
  };
  const alerts = useMemo(() => withOverlays(picture.alerts, overlays, picture.at), [picture, overlays]);
  const marks = useMemo(() => marksOf(overlays), [overlays]);
  return {
    alerts,
    silences,
    marks,
    announcement,
    progress,
    acknowledge: take('acknowledge'),
    takeOver: take('takeOver'),
    resolve,
    expire,
    silenced,
  };
}

export type AlertActions = ReturnType<typeof useAlertActions>;
