import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { problemOf, type Problem } from '../../domain/problem';
import { OldPicture } from '../../kit/states/OldPicture';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { Refresh } from '../../kit/time/Refresh';
import { Skeleton } from '../../kit/states/Skeleton';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import type { Loaded } from '../../kit/useLoad';
import { useNow } from '../../kit/time/useNow';
import { usePageTime } from '../../kit/time/usePageTime';
import { useUrlQuery } from '../../kit/useUrlQuery';
import { Welcome } from '../../kit/states/Welcome';
import { CollectorsPart } from './CollectorsPart';
import { HealthPart } from './HealthPart';
import { ServicesPart } from './ServicesPart';
import { useScoresBefore, useSystem, type SystemFacts } from './useSystem';

/** Durations on the page are renewed this often, milliseconds. */
const CLOCK_MS = 5000;

function useAgeWords(loadedAt: number | undefined, now: number): string | undefined {
  const { timeZone } = useApp();
  if (loadedAt === undefined) return undefined;
  return t('fleet.old', 'You see the last known picture, {{age}} old ({{time}}).', {
    age: durationWords(now - loadedAt),
    time: clockWords(loadedAt, now, timeZone),
  });
}

function isUnconfigured(problem: Problem | undefined): boolean {
  return problem?.kind === 'not-configured';
}

interface ExporterPartsProps {
  readonly system: Loaded<SystemFacts>;
  readonly tick: number;
  readonly now: number;
}

/** What the exporter tells; stays, greyed, when it stops telling. */
function ExporterParts({ system, tick, now }: ExporterPartsProps) {
  const { value, error, loadedAt } = system;
  const before = useScoresBefore(tick);
  const age = useAgeWords(loadedAt, now);
  const problem = error === undefined ? undefined : problemOf(error, 'exporter');
  if (isUnconfigured(problem)) return <Welcome />;
  return (
    <>
      {problem !== undefined && <ProblemNotice problem={problem} consequence={age} />}
      {value === undefined && problem === undefined && <Skeleton height={420} />}
      {value !== undefined && (
        <OldPicture old={problem !== undefined}>
          <Stack direction="column" gap={3}>
            <PartBoundary name={t('system.overall', 'overall')}>
              <HealthPart health={value.health} before={before} />
            </PartBoundary>
            <PartBoundary name={t('system.collectors.title', 'Collectors')}>
              <CollectorsPart collectors={value.collectors} now={now} />
            </PartBoundary>
          </Stack>
        </OldPicture>
      )}
    </>
  );
}

/** `system`: is the platform well, and is what we know of it complete? */
export default function SystemPage() {
  const url = useUrlQuery();
  const time = usePageTime(url);
  const { tick } = time;
  const now = useNow(CLOCK_MS);
  const system = useSystem(tick);
  return (
    <PluginPage actions={<Refresh time={time} loading={system.loading} />}>
      <Stack direction="column" gap={3}>
        <ExporterParts system={system} tick={tick} now={now} />
        <PartBoundary name={t('system.services.title', 'Services')}>
          <ServicesPart tick={tick} now={now} />
        </PartBoundary>
      </Stack>
    </PluginPage>
  );
}
