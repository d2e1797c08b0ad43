import { t } from '@grafana/i18n';
import type { Collector } from '../../api/exporterTypes';
import { durationWords } from '../../kit/time/timeWords';

/** Words go into text nodes: React escapes them, i18next must not do it again. */
const PLAIN = { interpolation: { escapeValue: false } } as const;

/** The state of a collector in words, with its last error and what happens next. `now`: milliseconds since the epoch. */
export function collectorWords(collector: Collector, now: number): string {
  const { state, setting, failures, nextTry } = collector;
  const error = collector.lastError ?? t('system.collectors.unknownError', 'unknown error');
  switch (state) {
    case 'ok':
      return t('system.collectors.ok', 'ok');
    case 'waiting':
      return t('system.collectors.waiting', 'waiting for its first attempt to finish');
    case 'not_configured':
      return t('system.collectors.notConfigured', 'not configured: set {{setting}} to turn it on', {
        setting,
        ...PLAIN,
      });
    case 'failing':
      return t('system.collectors.failing', 'failing: {{error}}', { error, ...PLAIN });
    case 'paused':
      return nextTry === null
        ? t('system.collectors.paused', 'paused after {{count}} failures: {{error}}', {
            count: failures,
            error,
            ...PLAIN,
          })
        : t(
            'system.collectors.pausedUntil',
            'paused after {{count}} failures, next try in {{wait}}: {{error}}',
            {
              count: failures,
              wait: durationWords(nextTry - now),
              error,
              ...PLAIN,
            },
          );
  }
}
