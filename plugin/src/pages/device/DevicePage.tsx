import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { useCallback } from 'react';
import { Navigate, useLocation, useParams } from 'react-router-dom';
import { loadDevice, type DeviceAnswer } from '../../features/fleet/loadDevice';
import { APP_ROOT, deviceInAddress } from '../../api/pluginId';
import type { Span } from '../../api/prometheusClient';
import { ApiFailure } from '../../domain/problem';
import { OldPicture } from '../../kit/states/OldPicture';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { useApp } from '../../kit/app/appContext';
import { Known, useAnswer, type Answer } from '../../kit/answer';
import { DashboardButton } from '../../kit/links/DashboardButton';
import { deviceHref } from '../../kit/links/DeviceLink';
import { absoluteRange } from '../../kit/time/timeRange';
import { useNow } from '../../kit/time/useNow';
import { usePageTime, type PageTime } from '../../kit/time/usePageTime';
import { useUrlQuery } from '../../kit/useUrlQuery';
import { DeviceActions } from './DeviceActions';
import { DeviceAlerts } from './DeviceAlerts';
import { DeviceLines } from './DeviceLines';
import { DeviceTraces } from './DeviceTraces';
import { GoneDevice, NeverSeenDevice, UnheardDevice } from './DeviceMessages';
import { Identity } from './Identity';
import { MetricCharts } from './MetricCharts';
import { StatusHistory } from './StatusHistory';

/** Durations on the page are renewed this often, milliseconds. */
const CLOCK_MS = 5000;

/** What is known of the device; when nobody can be asked the attempt has failed, and what was known before stays. */
function useDevice(deviceId: string, tick: number): Answer<DeviceAnswer> {
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const answer = await loadDevice(clients, deviceId, Date.now(), signal);
      const [problem] = answer.problems;
      if (answer.kind === 'unsure' && problem !== undefined) throw new ApiFailure(problem);
      return answer;
    },
    [clients, deviceId],
  );
  return useAnswer(load, tick);
}

interface PartsProps {
  readonly deviceId: string;
  readonly time: PageTime;
  readonly now: number;
}

/** What there is of the range: each part fails on its own. */
function Parts({ deviceId, time, now }: PartsProps) {
  const { range, tick, setRange } = time;
  const zoom = (span: Span): void => setRange(absoluteRange(span));
  return (
    <>
      <PartBoundary name={t('device.history.title', 'Status over time')}>
        <StatusHistory deviceId={deviceId} range={range} tick={tick} now={now} onRange={zoom} />
      </PartBoundary>
      <PartBoundary name={t('device.metrics.title', 'Telemetry')}>
        <MetricCharts deviceId={deviceId} range={range} tick={tick} now={now} onRange={zoom} />
      </PartBoundary>
      <PartBoundary name={t('device.alerts.name', 'Alerts')}>
        <DeviceAlerts deviceId={deviceId} range={range} tick={tick} now={now} />
      </PartBoundary>
      <PartBoundary name={t('device.lines.title', 'Log lines of this device')}>
        <DeviceLines deviceId={deviceId} tick={tick} now={now} />
      </PartBoundary>
      <PartBoundary name={t('device.traces.title', 'Traces of this device')}>
        <DeviceTraces deviceId={deviceId} tick={tick} now={now} />
      </PartBoundary>
    </>
  );
}

function Content({ answer, ...parts }: PartsProps & { readonly answer: DeviceAnswer }) {
  const { deviceId, now } = parts;
  const notices = answer.problems.map((problem) => (
    <ProblemNotice key={`${problem.source} ${problem.kind}`} problem={problem} />
  ));
  if (answer.kind === 'unsure') return notices;
  if (answer.kind === 'unheard') {
    return (
      <>
        {notices}
        <UnheardDevice deviceId={deviceId} />
      </>
    );
  }
  const { device } = answer;
  return (
    <>
      {notices}
      {answer.kind === 'gone' && <GoneDevice goneSince={answer.goneSince} now={now} />}
      {answer.kind === 'known' && device.lastSeen === null && <NeverSeenDevice />}
      <OldPicture old={answer.kind === 'gone'}>
        <Identity device={device} now={now} />
      </OldPicture>
      <Parts {...parts} />
    </>
  );
}

function DeviceView({ deviceId }: { readonly deviceId: string }) {
  const url = useUrlQuery();
  const time = usePageTime(url);
  const now = useNow(CLOCK_MS);
  const answer = useDevice(deviceId, time.tick);
  const fleet = locationUtil.assureBaseUrl(`${APP_ROOT}/fleet`);
  return (
    <PluginPage
      pageNav={{ text: deviceId, parentItem: { text: t('fleet.title', 'Fleet'), url: fleet } }}
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <DeviceActions deviceId={deviceId} onChanged={time.refreshNow} />
          <PageToolbar time={time} loading={answer.loading} />
        </Stack>
      }
    >
      <Stack direction="column" gap={2}>
        <Known answer={answer} source="exporter" height={480} now={now}>
          {(value) => (
            <Stack direction="column" gap={2}>
              <Content answer={value} deviceId={deviceId} time={time} now={now} />
              {value.kind !== 'unheard' && (
                <nav>
                  <Stack direction="row" gap={1} wrap="wrap">
                    <DashboardButton dashboard="valtronics-device" variables={{ device_id: deviceId }}>
                      {t('device.ownDashboard', 'Device dashboard')}
                    </DashboardButton>
                    <DashboardButton dashboard="valtronics-fleet">
                      {t('device.dashboard', 'Fleet dashboard')}
                    </DashboardButton>
                  </Stack>
                </nav>
              )}
            </Stack>
          )}
        </Known>
      </Stack>
    </PluginPage>
  );
}

/** `fleet/:deviceId`: what the device is, how it is, since when, and why. */
export default function DevicePage() {
  const { deviceId: named = '' } = useParams();
  const { query } = useUrlQuery();
  const { search } = useLocation();
  const { deviceId, stays } = deviceInAddress(named, query);
  if (!stays) return <Navigate to={deviceHref(deviceId, search)} replace />;
  // Another device is another page: nothing of the one before may stay.
  return <DeviceView key={deviceId} deviceId={deviceId} />;
}
