import { objectOrUndefined } from '../../api/json';
import { PLUGIN_ID } from '../../api/pluginId';
import { AnswerError, askGrafana } from '../../api/request';
import type { AppSettings } from '../../api/settings';

/** What Grafana has saved of the plugin. */
export interface SavedPlugin {
  readonly enabled: boolean;
  readonly pinned: boolean;
  /** Everything in `jsonData`, also what this page does not show. */
  readonly jsonData: unknown;
}

/** Writes the settings; the token only when there is a new one. Throws an error with Grafana's words. */
export async function saveSettings(
  { enabled, pinned, jsonData }: SavedPlugin,
  settings: AppSettings,
  token: string | undefined,
): Promise<void> {
  const body = {
    enabled,
    pinned,
    jsonData: { ...objectOrUndefined(jsonData), ...settings },
    ...(token === undefined ? {} : { secureJsonData: { token } }),
  };
  try {
    await askGrafana({ url: `/api/plugins/${PLUGIN_ID}/settings`, method: 'POST', json: body });
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    const message = objectOrUndefined(error.answer.data)?.message;
    throw new Error(typeof message === 'string' ? message : error.message, { cause: error });
  }
}
