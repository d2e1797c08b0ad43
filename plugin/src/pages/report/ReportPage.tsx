import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { Known, newest, useAnswer, type Answer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { DeviceField } from '../../kit/fields/DeviceField';
import { downloadCsv } from '../../kit/list/download';
import { EmptyBox } from '../../kit/states/EmptyBox';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { fullTime } from '../../kit/time/timeWords';
import { useNow } from '../../kit/time/useNow';
import { usePageTime } from '../../kit/time/usePageTime';
import { useUrlQuery } from '../../kit/useUrlQuery';
import { DeviceReport } from './DeviceReport';
import { FleetReport } from './FleetReport';
import { loadReport, type Report } from './loadReport';
import { PrintStyles } from './PrintStyles';
import { reportCsv } from './reportCsv';
import { getReportStyles } from './reportStyles';

/** A report is of a week, and stays as it is while it is read. */
const LAST_WEEK = { from: 'now-7d', to: 'now', refresh: 'off' };
const CLOCK_MS = 60_000;
/** Height of the place that is kept, pixels. */
const HEIGHT = 800;

function useReport(range: TimeRange, deviceId: string | undefined, tick: number): Answer<Report> {
  const { clients } = useApp();
  const load = useCallback(
    (signal: AbortSignal) =>
      loadReport(
        clients.prometheus,
        { from: range.from.valueOf(), to: range.to.valueOf() },
        deviceId,
        signal,
      ),
    [clients, range, deviceId],
  );
  return useAnswer(load, tick);
}

function Nothing({ deviceId }: { readonly deviceId: string | undefined }) {
  return (
    <EmptyBox
      title={t('report.empty.title', 'No status was recorded in this range')}
      text={
        deviceId === undefined
          ? t(
              'report.empty.fleet',
              'Prometheus has no device of that time: choose another range, or see on the system page whether the exporter is scraped.',
            )
          : t(
              'report.empty.device',
              'Prometheus knows no device {{deviceId}} of that time: choose another range, or clear the field for the whole fleet.',
              { deviceId, interpolation: { escapeValue: false } },
            )
      }
    />
  );
}

function ReportBody({
  report,
  deviceId,
}: {
  readonly report: Report;
  readonly deviceId: string | undefined;
}) {
  const { timeZone } = useApp();
  const styles = useStyles2(getReportStyles);
  const { from, to } = report.span;
  return (
    <article className={styles.report} data-report>
      <h2 className={styles.heading}>
        <bdi>{deviceId ?? t('report.fleet', 'Fleet')}</bdi>: {fullTime(from, timeZone)} –{' '}
        {fullTime(to, timeZone)}
      </h2>
      {report.devices.length === 0 && <Nothing deviceId={deviceId} />}
      {report.devices.length > 0 &&
        (deviceId === undefined ? <FleetReport report={report} /> : <DeviceReport report={report} />)}
    </article>
  );
}

/** `report`: how the fleet, or the device in the address, did over a week or any other range; to print and to keep. */
export default function ReportPage() {
  const url = useUrlQuery();
  const time = usePageTime(url, LAST_WEEK);
  const now = useNow(CLOCK_MS);
  const deviceId = url.query.get('device') ?? undefined;
  const answer = useReport(time.range, deviceId, time.tick);
  const { value } = newest(answer);
  const { change } = url;
  const onDevice = useCallback(
    (next: string) => change({ device: next === '' ? null : next }, { push: true }),
    [change],
  );
  return (
    <PluginPage
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <DeviceField value={deviceId ?? ''} onChange={onDevice} />
          <Button
            variant="secondary"
            icon="download-alt"
            disabled={value === undefined || value.devices.length === 0}
            onClick={() =>
              value !== undefined && downloadCsv('valtronics-report', value.span.to, reportCsv(value))
            }
          >
            {t('report.csv', 'CSV')}
          </Button>
          <Button
            variant="secondary"
            icon="document-info"
            disabled={value === undefined}
            onClick={() => window.print()}
          >
            {t('report.print', 'Print')}
          </Button>
          <PageToolbar time={time} loading={answer.loading} />
        </Stack>
      }
    >
      <PrintStyles />
      <Known answer={answer} source="prometheus" height={HEIGHT} now={now}>
        {(report) => <ReportBody report={report} deviceId={deviceId} />}
      </Known>
    </PluginPage>
  );
}
