import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { LogCategory, LogLevel } from '../../domain/logs/logEntry';

/** The signs of levels, in the product's status language: a sign always stands beside its word. */
export const LEVEL_GLYPHS: Readonly<Record<LogLevel, string>> = {
  CRITICAL: '⊗',
  ERROR: '✕',
  WARNING: '▲',
  INFO: '■',
  DEBUG: '·',
  UNKNOWN: '?',
};

/** The colour of a level's words in the theme. */
export function levelColor({ colors }: GrafanaTheme2, level: LogLevel): string {
  const byLevel: Readonly<Record<LogLevel, string>> = {
    CRITICAL: colors.error.text,
    ERROR: colors.error.text,
    WARNING: colors.warning.text,
    INFO: colors.info.text,
    DEBUG: colors.text.secondary,
    UNKNOWN: colors.text.secondary,
  };
  return byLevel[level];
}

/** The colour of a level's bars: next to each other they must differ. */
export function levelBarColor(theme: GrafanaTheme2, level: LogLevel): string {
  if (level === 'CRITICAL') return theme.visualization.getColorByName('purple');
  if (level === 'UNKNOWN') return theme.colors.text.disabled;
  return levelColor(theme, level);
}

/** The word of a level in the user's language. */
export function levelWord(level: LogLevel): string {
  switch (level) {
    case 'CRITICAL':
      return t('logs.level.critical', 'critical');
    case 'ERROR':
      return t('logs.level.error', 'error');
    case 'WARNING':
      return t('logs.level.warning', 'warning');
    case 'INFO':
      return t('logs.level.info', 'info');
    case 'DEBUG':
      return t('logs.level.debug', 'debug');
    case 'UNKNOWN':
      return t('logs.level.unknown', 'no level');
  }
}

/** The word of a category in the user's language. */
export function categoryWord(category: LogCategory): string {
  switch (category) {
    case 'application':
      return t('logs.category.application', 'application');
    case 'access':
      return t('logs.category.access', 'access');
    case 'error':
      return t('logs.category.error', 'error log');
    case 'audit':
      return t('logs.category.audit', 'audit');
  }
}
