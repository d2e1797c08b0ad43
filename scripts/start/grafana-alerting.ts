import { parse, stringify } from 'yaml';
import { z } from 'zod';

const contactPoints = z.looseObject({
  contactPoints: z.array(z.looseObject({ receivers: z.array(z.looseObject({ type: z.string() })) })),
});

/**
 * The contact points for a Grafana that has no mail server: each keeps the exporter's store and loses the mail that
 * would fail every time.
 */
export function contactPointsWithoutMail(text: string): string {
  const { contactPoints: points, ...rest } = contactPoints.parse(parse(text));
  const kept = points.map((point) => ({
    ...point,
    receivers: point.receivers.filter(({ type }) => type !== 'email'),
  }));
  return stringify({ ...rest, contactPoints: kept }, { lineWidth: 0 });
}

/** The app's settings for a Grafana that tells people itself: its own Alertmanager has the alerts and the silences. */
export function appOfGrafanaEngine(text: string): string {
  const edited = text.replace(/^(\s+alertmanagerUid:) .*$/m, '$1 grafana');
  if (edited === text) throw new Error('the provisioned app has no alertmanagerUid');
  return edited;
}
