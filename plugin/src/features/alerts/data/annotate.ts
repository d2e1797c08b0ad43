import { AppEvents } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getAppEvents } from '@grafana/runtime';
import {
  ACKNOWLEDGED_TAGS,
  type AnnotationsClient,
  type NewAnnotation,
} from '../../../api/annotationsClient';
import type { AlertRow } from '../../../domain/alerts/alert';
import { firstNames } from '../../../domain/alerts/alertName';
import type { ActionOutcome } from './actions';

/** Devices that an annotation is tagged with, so that their dashboards find it. */
const MOST_TAGGED = 20;

/** What Grafana keeps of an acknowledgement of several alerts at once. */
export function annotationOf(alerts: readonly AlertRow[], comment: string, time: number): NewAnnotation {
  const devices = [...new Set(alerts.flatMap(({ labels }) => labels.device_id ?? []))];
  const { names, more } = firstNames(alerts);
  const rest = more > 0 ? [t('alerts.annotation.more', '{{count}} more', { count: more })] : [];
  const what = t('alerts.annotation.text', 'Acknowledged: {{alerts}}', {
    alerts: [...names, ...rest].join(', '),
    interpolation: { escapeValue: false },
  });
  return {
    time,
    text: escaped(comment === '' ? what : `${what} – ${comment}`),
    tags: [...ACKNOWLEDGED_TAGS, ...devices.slice(0, MOST_TAGGED).map((device) => `device_id:${device}`)],
  };
}

/** Grafana shows the text of an annotation as HTML: what people and devices wrote stays text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Writes an annotation of the alerts that were acknowledged, where the settings want that. A failure is told as a
 * warning: the acknowledgement holds without.
 */
export async function annotateAcknowledged(
  client: AnnotationsClient | undefined,
  alerts: readonly AlertRow[],
  outcomes: readonly ActionOutcome[],
  comment: string,
): Promise<void> {
  const done = new Set(outcomes.filter(({ refusal }) => refusal === null).map(({ key }) => key));
  const acknowledged = alerts.filter(({ fingerprint }) => done.has(fingerprint));
  if (client === undefined || acknowledged.length === 0) return;
  try {
    await client.create(annotationOf(acknowledged, comment, Date.now()));
  } catch (error) {
    const title = t('alerts.annotation.failed', 'Acknowledged, but without an annotation');
    const reason = error instanceof Error ? error.message : String(error);
    getAppEvents().publish({ type: AppEvents.alertWarning.name, payload: [title, reason] });
  }
}
