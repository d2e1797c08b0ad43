import { t } from '@grafana/i18n';
import type { DeviceFacts } from '../../features/fleet/loadDevice';
import type { ReportedStatus } from '../../api/exporterTypes';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { statusReason, type StatusReason } from './statusReason';

/** Sources as people call them. */
const SOURCE_NAMES: Readonly<Record<string, string>> = { mqtt: 'MQTT', postgres: 'PostgreSQL', api: 'REST' };

/** Words go into text nodes: React escapes them, i18next must not do it again. */
const PLAIN = { interpolation: { escapeValue: false } } as const;

const sourceName = (source: string): string => SOURCE_NAMES[source] ?? source;
const quoted = ({ status }: ReportedStatus): string => (status === null ? 'NULL' : `"${status}"`);

interface Words {
  readonly status: string;
  readonly source: string;
  /** When the newest report came. */
  readonly time: string;
  /** When the device got its status; the same as `time` when no report of the same came later. */
  readonly since: string;
  readonly duration: string;
}

function reasonWords(kind: StatusReason['kind'], words: Words): string {
  const values = { ...words, ...PLAIN };
  switch (kind) {
    case 'reported':
      return words.time === words.since
        ? t('device.reason.reported', 'reported {{status}} by {{source}} at {{time}}', values)
        : t(
            'device.reason.reportedAgain',
            'reported {{status}} by {{source}} since {{since}}, last at {{time}}',
            values,
          );
    case 'silent':
      return words.source === ''
        ? t('device.reason.silentOnly', 'silent for {{duration}}, longer than it may be', values)
        : t(
            'device.reason.silent',
            'silent for {{duration}}, longer than it may be; {{source}} last said {{status}} at {{time}}',
            values,
          );
    case 'unheard':
      return words.source === ''
        ? t('device.reason.unheardOnly', 'it never gave a sign of life', values)
        : t('device.reason.unheard', 'it never gave a sign of life; {{source}} says {{status}}', values);
    case 'no-status':
      return t(
        'device.reason.noStatus',
        '{{source}} said {{status}} at {{time}}, which is no status we know',
        values,
      );
    case 'no-report':
      return t('device.reason.noReport', 'it is heard; no source reports a status');
    case 'recent':
      return t(
        'device.reason.recent',
        '{{source}} said {{status}} at {{time}}; the status shown is not yet that new',
        values,
      );
  }
}

interface Props {
  readonly device: DeviceFacts;
  readonly now: number;
}

/** Why the device has its status, in one sentence. */
export function StatusReasonLine({ device, now }: Props) {
  const { timeZone } = useApp();
  const { reported, since, lastSeen } = device;
  if (reported === undefined) {
    return (
      <p>{t('device.reason.exporterNeeded', 'Why: only the exporter knows, and it cannot be asked.')}</p>
    );
  }
  const { kind, newest, others } = statusReason({ ...device, reported });
  const time = (report: ReportedStatus): string => clockWords(report.at, now, timeZone);
  const isRepeated = newest !== undefined && since !== null && since < newest.at;
  const reason = reasonWords(kind, {
    status: newest === undefined ? '' : quoted(newest),
    source: newest === undefined ? '' : sourceName(newest.source),
    time: newest === undefined ? '' : time(newest),
    since: isRepeated ? clockWords(since, now, timeZone) : newest === undefined ? '' : time(newest),
    duration: lastSeen === null ? '–' : durationWords(now - lastSeen),
  });
  const otherWords = others.map((report) =>
    t('device.reason.other', '{{source}} says {{status}} (older, {{time}})', {
      source: sourceName(report.source),
      status: quoted(report),
      time: time(report),
      ...PLAIN,
    }),
  );
  return (
    <p>
      <bdi>
        {t('device.reason.line', 'Why: {{reason}}', { reason: [reason, ...otherWords].join('; '), ...PLAIN })}
      </bdi>
    </p>
  );
}
