import { useCallback, useMemo, useState } from 'react';
import {
  acknowledgeAlerts,
  expireSilences,
  resolveAlerts,
  type ActionOutcome,
} from '../../../features/alerts/data/actions';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertPicture } from '../../../features/alerts/data/loadAlerts';
import type { AlertAction } from '../../../features/alerts/list/rowMark';
import { useApp } from '../../../kit/app/appContext';
import { outcomeWords } from './outcomeWords';
import { finished, marksOf, started, withOverlays, type Overlays } from './overlay';

const NOTHING: Overlays = new Map();

/** Outcomes of silences, told of the alerts that they keep quiet. */
function byAlert(alerts: readonly AlertRow[], outcomes: readonly ActionOutcome[]): ActionOutcome[] {
  return alerts.map(({ fingerprint, silencedBy }) => {
    const refused = outcomes.find(({ key, refusal }) => refusal !== null && silencedBy.includes(key));
    return { key: fingerprint, refusal: refused?.refusal ?? null };
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

  const settle = useCallback(
    (action: AlertAction, outcomes: readonly ActionOutcome[]): void => {
      const refused = outcomes.filter(({ refusal }) => refusal !== null).map(({ key }) => key);
      setOverlays((before) => finished(before, outcomes, Date.now()));
      setAnnouncement(outcomeWords(action, outcomes.length - refused.length, refused.length));
      onDone(outcomes.filter(({ refusal }) => refusal === null).map(({ key }) => key));
      reload();
    },
    [onDone, reload],
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
  const acknowledge = async (alerts: readonly AlertRow[], comment: string): Promise<void> => {
    const keys = start('acknowledge', alerts, comment);
    settle('acknowledge', await acknowledgeAlerts(clients.alertStore, keys, comment));
  };
  const resolve = async (alerts: readonly AlertRow[], comment: string): Promise<void> => {
    const keys = start('resolve', alerts, comment);
    settle('resolve', await resolveAlerts(clients.alertStore, keys, comment));
  };
  const expire = async (alerts: readonly AlertRow[]): Promise<void> => {
    start('expire', alerts, '');
    const ids = [...new Set(alerts.flatMap(({ silencedBy }) => silencedBy))];
    settle('expire', byAlert(alerts, await expireSilences(clients.alertmanager, ids)));
  };
  /** The dialog made silences: of these alerts, one outcome for each. */
  const silenced = (alerts: readonly AlertRow[], outcomes: readonly ActionOutcome[]): void => {
    start('silence', alerts, '');
    settle('silence', outcomes);
  };
  const alerts = useMemo(() => withOverlays(picture.alerts, overlays, picture.at), [picture, overlays]);
  const marks = useMemo(() => marksOf(overlays), [overlays]);
  return { alerts, marks, announcement, acknowledge, resolve, expire, silenced };
}

export type AlertActions = ReturnType<typeof useAlertActions>;
