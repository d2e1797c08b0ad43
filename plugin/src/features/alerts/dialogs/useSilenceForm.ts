import { useEffect, useMemo, useRef, useState } from 'react';
import { silenceByMatchers, silenceEach, targetsOf, type ActionOutcome } from '../data/actions';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { Matcher, Silence } from '../../../domain/alerts/silence';
import { problemOf, type Problem } from '../../../domain/problem';
import { useApp } from '../../../kit/app/appContext';
import { useNow } from '../../../kit/time/useNow';
import { previewSilence, writtenMatchers } from './silenceDraft';
import { silenceEnd, type SilenceLength } from './silenceTimes';

/** `one`: a silence by the matchers; `each`: one for each selected alert, by all its labels. */
export type SilenceMode = 'one' | 'each';

/** How the end is counted, milliseconds. */
const CLOCK_MS = 10_000;

/** What became of it: an outcome for each alert that is meant (none where it silences nothing that is there). */
export type SilenceDone = (outcomes: readonly ActionOutcome[], alerts: readonly AlertRow[]) => void;

export interface SilenceFormStart {
  readonly matchers: readonly Matcher[];
  readonly comment: string;
  readonly replaces: Pick<Silence, 'id' | 'alertmanager'> | undefined;
  readonly alerts: readonly AlertRow[];
  readonly each: readonly AlertRow[];
  readonly onDone: SilenceDone;
}

/** The state of the silence dialog and what its button does. */
export function useSilenceForm(start: SilenceFormStart) {
  const { clients, login, timeZone } = useApp();
  const now = useNow(CLOCK_MS);
  const [mode, setMode] = useState<SilenceMode>('one');
  const [matchers, setMatchers] = useState(start.matchers);
  const [length, setLength] = useState<SilenceLength>('2h');
  const [custom, setCustom] = useState('4h');
  const [comment, setComment] = useState(start.comment);
  const [sending, setSending] = useState(false);
  /** How many of several are made. */
  const [done, setDone] = useState(0);
  const stopper = useRef<AbortController>(undefined);
  const cancel = (): void => stopper.current?.abort();
  // A dialog that is gone makes no more silences.
  useEffect(() => () => stopper.current?.abort(), []);
  const [problem, setProblem] = useState<Problem>();
  const preview = useMemo(
    () =>
      mode === 'each'
        ? ({ kind: 'alerts', alerts: start.each } as const)
        : previewSilence(matchers, start.alerts),
    [mode, matchers, start.each, start.alerts],
  );
  const endsAt = silenceEnd(length, custom, now, timeZone);
  const ready = preview.kind === 'alerts' && endsAt !== undefined && comment.trim() !== '' && !sending;

  const silenced = preview.kind === 'alerts' ? preview.alerts : [];
  const send = async (): Promise<readonly ActionOutcome[]> => {
    const startsAt = Date.now();
    const end = silenceEnd(length, custom, startsAt, timeZone) ?? startsAt;
    const createdBy = login === '' ? 'Grafana' : login;
    const template = { startsAt, endsAt: end, createdBy, comment: comment.trim() };
    if (mode === 'each') {
      const controller = new AbortController();
      stopper.current = controller;
      return silenceEach(clients, start.each, template, { signal: controller.signal, onProgress: setDone });
    }
    const silence = { ...template, matchers: writtenMatchers(matchers) };
    return silenceByMatchers(clients, silence, silenced, start.replaces);
  };
  const submit = async (): Promise<void> => {
    setSending(true);
    setDone(0);
    setProblem(undefined);
    try {
      const outcomes = await send();
      const tried = new Set(outcomes.map(({ key }) => key));
      start.onDone(
        outcomes,
        silenced.filter(({ fingerprint }) => tried.has(fingerprint)),
      );
    } catch (error) {
      setProblem(problemOf(error, 'alertmanager'));
      setSending(false);
    }
  };
  return {
    ...{ mode, setMode, matchers, setMatchers, length, setLength, custom, setCustom, comment, setComment },
    ...{ sending, done, cancel, problem, preview, endsAt, ready, submit, now },
    /** Where the silences will be. */
    targets: start.replaces === undefined ? targetsOf(silenced) : [start.replaces.alertmanager],
  };
}
