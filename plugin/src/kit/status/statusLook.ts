import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { DeviceStatus } from '../../domain/fleet/deviceStatus';

/** The product's status language: the glyph always stands beside its word. */
export const STATUS_GLYPHS: Readonly<Record<DeviceStatus, string>> = {
  online: '●',
  warning: '▲',
  error: '✕',
  offline: '○',
  maintenance: '◆',
  unknown: '?',
};

/** The colour of a status in the theme. */
export function statusColor({ colors }: GrafanaTheme2, status: DeviceStatus): string {
  const byStatus: Readonly<Record<DeviceStatus, string>> = {
    online: colors.success.text,
    warning: colors.warning.text,
    error: colors.error.text,
    offline: colors.text.secondary,
    maintenance: colors.info.text,
    unknown: colors.text.disabled,
  };
  return byStatus[status];
}

/** The word of a status in the user's language. */
export function statusWord(status: DeviceStatus): string {
  switch (status) {
    case 'online':
      return t('status.online', 'online');
    case 'warning':
      return t('status.warning', 'warning');
    case 'error':
      return t('status.error', 'error');
    case 'offline':
      return t('status.offline', 'offline');
    case 'maintenance':
      return t('status.maintenance', 'maintenance');
    case 'unknown':
      return t('status.unknown', 'unknown');
  }
}
