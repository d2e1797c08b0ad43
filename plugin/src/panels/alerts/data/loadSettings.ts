import { asObject, ShapeError } from '../../../api/json';
import { PLUGIN_ID } from '../../../api/pluginId';
import { AnswerError, askGrafana } from '../../../api/request';
import { type AppSettings, readSettings } from '../../../api/settings';

/** Why the settings of the app are not known. */
export type SettingsFailure = 'not-allowed' | 'not-installed' | 'switched-off' | 'unknown';

/** Thrown when the settings cannot be had; `message` is what was said. */
export class SettingsError extends Error {
  readonly failure: SettingsFailure;

  constructor(failure: SettingsFailure, message: string) {
    super(message);
    this.name = 'SettingsError';
    this.failure = failure;
  }
}

function failureOf({ status }: AnswerError['answer']): SettingsFailure {
  if (status === 401 || status === 403) return 'not-allowed';
  return status === 404 ? 'not-installed' : 'unknown';
}

async function ask(): Promise<AppSettings> {
  try {
    const answer = asObject(await askGrafana({ url: `/api/plugins/${PLUGIN_ID}/settings` }), 'settings');
    if (answer.enabled === false) throw new SettingsError('switched-off', '');
    return readSettings(answer.jsonData);
  } catch (error) {
    if (error instanceof AnswerError) throw new SettingsError(failureOf(error.answer), error.message);
    if (error instanceof ShapeError) throw new SettingsError('unknown', error.message);
    throw error;
  }
}

let known: Promise<AppSettings> | undefined;

/**
 * The settings of the app, which a panel is not handed: asked for once for all panels of a page, and again after a
 * failure. Throws `SettingsError`.
 */
export function loadSettings(): Promise<AppSettings> {
  known ??= ask().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

/** Forgets the settings, as loading the page again does. */
export function forgetSettings(): void {
  known = undefined;
}
