import { t } from '@grafana/i18n';
import { problemOf } from '../../../domain/problem';
import { SettingsError } from '../data/loadSettings';

/** Why there are no settings, and what to do about it. */
export function settingsWords(error: unknown): { readonly title: string; readonly text: string } {
  const failure = error instanceof SettingsError ? error.failure : 'unknown';
  switch (failure) {
    case 'not-allowed':
      return {
        title: t('alerts.panel.settings.notAllowed', 'You may not see the Valtronics app'),
        text: t(
          'alerts.panel.settings.notAllowedNext',
          'Ask an administrator for access to it, or show the alerts of a query: option Source.',
        ),
      };
    case 'not-installed':
    case 'switched-off':
      return {
        title: t('alerts.panel.settings.off', 'The Valtronics app is switched off'),
        text: t(
          'alerts.panel.settings.offNext',
          'An administrator switches it on under Administration, Plugins. A query works all the same: option Source.',
        ),
      };
    case 'unknown':
      return {
        title: t('alerts.panel.settings.unknown', 'The settings of the Valtronics app could not be read'),
        text: problemOf(error, 'grafana').detail,
      };
  }
}
