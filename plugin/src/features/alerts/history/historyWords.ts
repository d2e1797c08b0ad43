import { t } from '@grafana/i18n';
import type { LifeEvent } from '../../../domain/alerts/historyLife';
import type { PastAlert, PastOrigin } from '../../../domain/alerts/pastAlert';
import { durationWords } from '../../../kit/time/timeWords';
import { isByPlatform } from '../../../domain/alerts/alert';

const PLAIN = { interpolation: { escapeValue: false } } as const;

export function pastOriginWord(origin: PastOrigin): string {
  return origin === 'store'
    ? t('alerts.history.origin.store', 'store')
    : t('alerts.history.origin.prometheus', 'Prometheus');
}

/** How long it lasted, or that it still does. `now`, `rangeEnd`: milliseconds since the epoch. */
export function lastedWords(alert: PastAlert, now: number, rangeEnd: number): string {
  const { startsAt, endsAt, beganBefore, precision } = alert;
  const duration = durationWords((endsAt ?? Math.min(now, rangeEnd)) - startsAt);
  if (endsAt === null) return t('alerts.history.lasts', '{{duration}}, not over', { duration });
  if (beganBefore) return t('alerts.history.atLeast', 'over {{duration}}', { duration });
  // Shorter than the time between two looks at it.
  return endsAt - startsAt < precision
    ? t('alerts.history.lessThan', 'under {{duration}}', { duration: durationWords(2 * precision) })
    : duration;
}

function noticeWords({ by, kind, notice }: LifeEvent): string {
  const values = { receiver: by, ...PLAIN };
  const resolved = kind === 'resolved';
  switch (notice) {
    case 'delivered':
      return resolved
        ? t('alerts.history.life.toldResolved', '{{receiver}} was told that it is over', values)
        : t('alerts.history.life.told', '{{receiver}} was told', values);
    case 'dead':
      return t(
        'alerts.history.life.notTold',
        '{{receiver}} could not be told, and is not tried again',
        values,
      );
    default:
      return t('alerts.history.life.toBeTold', '{{receiver}} is to be told', values);
  }
}

/** What happened, without its time. */
export function lifeWords(event: LifeEvent): string {
  const values = { by: event.by, ...PLAIN };
  switch (event.what) {
    case 'began':
      return t('alerts.history.life.began', 'began to fire');
    case 'raised':
      return t('alerts.history.life.raised', 'reached the store from {{by}}', values);
    case 'notified':
      return noticeWords(event);
    case 'acknowledged':
      if (isByPlatform(event)) return t('alerts.active.byPlatform', 'acknowledged in the platform');
      return t('alerts.history.life.acknowledged', 'acknowledged by {{by}}', values);
    case 'resolved':
      return t('alerts.history.life.resolved', 'resolved by {{by}}', values);
    case 'ended':
      return t('alerts.history.life.ended', 'was over');
    case 'other':
      return t('alerts.history.life.other', '{{action}} by {{by}}', { ...values, action: event.kind ?? '' });
  }
}
