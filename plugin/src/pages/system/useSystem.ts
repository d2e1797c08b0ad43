import { useCallback } from 'react';
import type { Collector, Health } from '../../api/exporterTypes';
import type { Clients } from '../../api/clients';
import { useApp } from '../../kit/app/appContext';
import { newest, useAnswer, type Answer } from '../../kit/answer';
import { SCORES_BEFORE_QUERY, scoresOf, type Scores } from './trend';

/** What the exporter says of the platform and of itself. */
export interface SystemFacts {
  readonly health: Health;
  readonly collectors: readonly Collector[];
}

async function loadSystem({ exporter }: Clients, signal: AbortSignal): Promise<SystemFacts> {
  const [health, collectors] = await Promise.all([exporter.health(signal), exporter.collectors(signal)]);
  return { health, collectors };
}

/** Health and collectors, from the exporter. */
export function useSystem(tick: number): Answer<SystemFacts> {
  const { clients } = useApp();
  const load = useCallback((signal: AbortSignal) => loadSystem(clients, signal), [clients]);
  return useAnswer(load, tick);
}

/** Scores an hour ago, from Prometheus. Without them there is no trend, and nothing else is missing. */
export function useScoresBefore(tick: number): Scores | undefined {
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) =>
      scoresOf(await clients.prometheus.instant(SCORES_BEFORE_QUERY, Date.now(), signal)),
    [clients],
  );
  return newest(useAnswer(load, tick)).value;
}
