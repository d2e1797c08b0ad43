import { t } from '@grafana/i18n';
import { Button, ClipboardButton, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import type { LogEntry } from '../../../domain/logs/logEntry';
import type { LogFilter } from '../../../domain/logs/logFilter';
import { APP_ROOT } from '../../../api/pluginId';
import { useApp } from '../../../kit/app/appContext';
import { deviceHref } from '../../../kit/links/DeviceLink';
import { PageButton } from '../../../kit/links/PageLink';
import { tracePath } from '../../traces/tracesAddress';
import { linePath, logsPath } from '../logsAddress';
import { LineContext } from './LineContext';
import { lineFields } from './lineFields';
import { explorableLine } from './lineLinks';
import { getLineDetailStyles } from './lineStyles';

/** The address of a page of the app as others can use it. */
function shareable(path: string): string {
  return `${window.location.href.split('/a/')[0] ?? ''}${path}`;
}

/** Alerts of the line's device, else those that name its service. */
function alertsPath({ deviceId, service }: LogEntry): string {
  const query = new URLSearchParams(deviceId === null ? { q: service } : { device: deviceId });
  return `${APP_ROOT}/alerts?${query.toString()}`;
}

interface Props {
  readonly line: LogEntry;
  /** Narrows the page; undefined where there is none to narrow. */
  readonly onFilter?: ((change: Partial<LogFilter>) => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** From a line to what it is about. */
function LineLinks({ line }: { readonly line: LogEntry }) {
  const { canExplore } = useApp();
  const { search } = useLocation();
  const { deviceId, traceId, correlationId } = line;
  const explore = canExplore ? explorableLine(line) : undefined;
  return (
    <>
      {deviceId !== null && (
        <PageButton size="sm" icon="apps" to={deviceHref(deviceId, search)}>
          {t('logs.details.device', 'Device')}
        </PageButton>
      )}
      {traceId !== null && (
        <PageButton size="sm" icon="gf-traces" to={tracePath(traceId)}>
          {t('logs.details.waterfall', 'Trace')}
        </PageButton>
      )}
      {traceId !== null && (
        <PageButton size="sm" icon="list-ul" to={logsPath({ trace: traceId })}>
          {t('logs.details.story', 'All of this trace')}
        </PageButton>
      )}
      {correlationId !== null && (
        <PageButton size="sm" icon="list-ul" to={logsPath({ correlation: correlationId })}>
          {t('logs.details.request', 'All of this request')}
        </PageButton>
      )}
      <PageButton size="sm" icon="bell" to={alertsPath(line)}>
        {t('logs.details.alerts', 'Alerts')}
      </PageButton>
      {explore !== undefined && (
        <PageButton size="sm" icon="compass" to={explore}>
          {t('logs.details.explore', 'Explore')}
        </PageButton>
      )}
    </>
  );
}

/** All of a line, what stands around it, and where it leads. */
export function LineDetails({ line, onFilter, now }: Props) {
  const styles = useStyles2(getLineDetailStyles);
  const [around, setAround] = useState(false);
  const { message, raw, pattern } = line;
  const hasMore = raw !== null && raw !== message;
  return (
    <Stack direction="column" gap={1}>
      <div className={styles.actions}>
        <Button
          size="sm"
          variant="secondary"
          icon="arrows-v"
          aria-expanded={around}
          onClick={() => setAround(!around)}
        >
          {t('logs.details.context', 'Lines around it')}
        </Button>
        <ClipboardButton
          size="sm"
          variant="secondary"
          icon="share-alt"
          getText={() => shareable(linePath(line))}
        >
          {t('logs.details.copyLink', 'Copy link')}
        </ClipboardButton>
        <ClipboardButton
          size="sm"
          variant="secondary"
          icon="copy"
          getText={() => JSON.stringify(line.json, null, 2)}
        >
          {t('logs.details.copyJson', 'Copy as JSON')}
        </ClipboardButton>
        {onFilter !== undefined && pattern !== null && (
          <Button size="sm" variant="secondary" icon="filter" onClick={() => onFilter({ pattern })}>
            {t('logs.details.only', 'Only lines like it')}
          </Button>
        )}
        <LineLinks line={line} />
      </div>
      {around && <LineContext line={line} now={now} />}
      <pre className={styles.text} tabIndex={0} aria-label={t('logs.details.text', 'Text of the line')}>
        <bdi>{hasMore ? raw : message}</bdi>
      </pre>
      {raw === null && (
        <p className={styles.quiet}>
          {t(
            'logs.details.noRaw',
            'The line as it was written is for Editors: logs.raw_lines of the exporter says so.',
          )}
        </p>
      )}
      <dl className={styles.fields}>
        {lineFields(line.json).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}
