import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { problemOf, type Problem } from '../../domain/problem';
import { ServiceMapPart } from '../../features/traces/map/ServiceMapPart';
import { Known, newest, type Answer } from '../../kit/answer';
import { DashboardButton } from '../../kit/links/DashboardButton';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { Refresh } from '../../kit/time/Refresh';
import { useNow } from '../../kit/time/useNow';
import { usePageTime } from '../../kit/time/usePageTime';
import { useUrlQuery } from '../../kit/useUrlQuery';
import { Welcome } from '../../kit/states/Welcome';
import { CollectorsPart } from './CollectorsPart';
import { HealthPart } from './HealthPart';
import { ServicesPart } from './ServicesPart';
import { UnusablePart } from './UnusablePart';
import { useScoresBefore, useSystem, type SystemFacts } from './useSystem';

/** Durations on the page are renewed this often, milliseconds. */
const CLOCK_MS = 5000;

/** How much time the map is of, milliseconds. */
const MAP_MS = 3_600_000;

const lastHour = (): { from: number; to: number } => ({ from: Date.now() - MAP_MS, to: Date.now() });

function isUnconfigured(problem: Problem): boolean {
  return problem.kind === 'not-configured';
}

interface ExporterPartsProps {
  readonly system: Answer<SystemFacts>;
  readonly tick: number;
  readonly now: number;
}

/** What the exporter tells; stays, greyed, when it stops telling. */
function ExporterParts({ system, tick, now }: ExporterPartsProps) {
  const before = useScoresBefore(tick);
  const { error } = newest(system);
  if (error !== undefined && isUnconfigured(problemOf(error, 'exporter'))) return <Welcome />;
  return (
    <Known answer={system} source="exporter" height={420} now={now}>
      {({ health, collectors }) => (
        <Stack direction="column" gap={3}>
          <PartBoundary name={t('system.overall', 'overall')}>
            <HealthPart health={health} before={before} />
          </PartBoundary>
          <PartBoundary name={t('system.collectors.title', 'Collectors')}>
            <CollectorsPart collectors={collectors} now={now} />
          </PartBoundary>
        </Stack>
      )}
    </Known>
  );
}

/** Where the same is drawn over time. */
function Dashboards() {
  return (
    <nav>
      <Stack direction="row" gap={1} wrap="wrap">
        <DashboardButton dashboard="valtronics-infrastructure">
          {t('system.dashboards.infrastructure', 'Infrastructure dashboard')}
        </DashboardButton>
        <DashboardButton dashboard="valtronics-api">
          {t('system.dashboards.api', 'API dashboard')}
        </DashboardButton>
        <DashboardButton dashboard="valtronics-exporter">
          {t('system.dashboards.exporter', 'Exporter dashboard')}
        </DashboardButton>
      </Stack>
    </nav>
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
        <PartBoundary name={t('traces.map.title', 'Service map')}>
          <ServiceMapPart span={lastHour} tick={tick} now={now} small />
        </PartBoundary>
        <PartBoundary name={t('system.services.title', 'Services')}>
          <ServicesPart tick={tick} now={now} />
        </PartBoundary>
        {newest(system).value !== undefined && (
          <PartBoundary name={t('system.unusable.title', 'MQTT messages that cannot be used')}>
            <UnusablePart tick={tick} now={now} />
          </PartBoundary>
        )}
        <Dashboards />
      </Stack>
    </PluginPage>
  );
}
