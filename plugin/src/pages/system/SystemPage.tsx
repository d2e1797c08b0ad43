import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { RefreshPicker, Stack } from '@grafana/ui';
import { problemOf, type Problem } from '../../api/problem';
import { OldPicture } from '../../components/OldPicture';
import { PartBoundary } from '../../components/PartBoundary';
import { ProblemNotice } from '../../components/ProblemNotice';
import { Skeleton } from '../../components/Skeleton';
import { clockWords, durationWords } from '../../components/timeWords';
import { useApp } from '../../hooks/appContext';
import { useNow } from '../../hooks/useNow';
import { usePageTime } from '../../hooks/usePageTime';
import { useUrlQuery } from '../../hooks/useUrlQuery';
import { Welcome } from '../fleet/Welcome';
import { CollectorsPart } from './CollectorsPart';
import { HealthPart } from './HealthPart';
import { ServicesPart } from './ServicesPart';
import { useScoresBefore, useSystem } from './useSystem';

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

/** What the exporter tells; stays, greyed, when it stops telling. */
function ExporterParts({ tick, now }: { readonly tick: number; readonly now: number }) {
  const { value, error, loadedAt } = useSystem(tick);
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
  const { tick, refresh, refreshNow, setRefresh } = usePageTime(url);
  const now = useNow(CLOCK_MS);
  return (
    <PluginPage
      actions={
        <RefreshPicker
          value={refresh}
          onRefresh={refreshNow}
          onIntervalChanged={setRefresh}
          intervals={['10s', '30s', '1m', '5m']}
        />
      }
    >
      <Stack direction="column" gap={3}>
        <ExporterParts tick={tick} now={now} />
        <PartBoundary name={t('system.services.title', 'Services')}>
          <ServicesPart tick={tick} now={now} />
        </PartBoundary>
      </Stack>
    </PluginPage>
  );
}
