import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { severityClass, type SeverityClass } from '../../../domain/alerts/severity';

const GLYPHS: Readonly<Record<SeverityClass, string>> = {
  critical: '✕',
  warning: '▲',
  info: '■',
  other: '◇',
  none: '–',
};

/** The sign of a severity: it always stands beside its word. */
export function severityGlyph(severity: string): string {
  return GLYPHS[severityClass(severity)];
}

/** The colour of a severity in the theme. */
export function severityColor({ colors }: GrafanaTheme2, severity: string): string {
  const byClass: Readonly<Record<SeverityClass, string>> = {
    critical: colors.error.text,
    warning: colors.warning.text,
    info: colors.info.text,
    other: colors.text.primary,
    none: colors.text.secondary,
  };
  return byClass[severityClass(severity)];
}

/** The word of a severity: those of the classes in the user's language, any other as it was found. */
export function severityWord(severity: string): string {
  switch (severity.trim().toLowerCase()) {
    case 'critical':
      return t('alerts.active.severity.critical', 'critical');
    case 'warning':
      return t('alerts.active.severity.warning', 'warning');
    case 'info':
      return t('alerts.active.severity.info', 'info');
    case '':
    case 'none':
      return t('alerts.active.severity.none', 'no severity');
    default:
      return severity;
  }
}
