import { parse, stringify } from 'yaml';
import { z } from 'zod';

const webhook = z.looseObject({
  url: z.string(),
  http_config: z.looseObject({ authorization: z.looseObject({ credentials_file: z.string() }) }),
});
const receiver = z.looseObject({ name: z.string(), webhook_configs: z.array(webhook).optional() });
const configuration = z.looseObject({
  global: z.record(z.string(), z.unknown()),
  templates: z.array(z.string()),
  receivers: z.array(receiver),
});

/** Where a configuration is to work. */
export interface AlertmanagerPlace {
  /** Base URL of the exporter whose store takes the alerts in. */
  readonly exporterUrl: string;
  readonly tokenFile: string;
  /** Folder of the other secrets, as Alertmanager sees it. */
  readonly secrets: string;
  /** Names of the secrets that are there. */
  readonly given: ReadonlySet<string>;
  /** Address of the dead man's switch that hears of the watchdog; the secret `watchdog-url`. */
  readonly watchdogUrl: string | undefined;
  /** Folder of the templates where it is not beside the configuration. */
  readonly templates?: string;
}

/** Ways to reach people, with the secret that each needs; without it every notification would fail. */
const INTEGRATIONS = {
  pagerduty_configs: 'pagerduty-routing-key',
  slack_configs: 'slack-webhook-url',
  email_configs: 'smtp-password',
} as const;
const COMMITTED_SECRETS = '/etc/alertmanager/secrets';

type Mapping = Readonly<Record<string, unknown>>;
const without = (mapping: Mapping, leave: (name: string) => boolean): Record<string, unknown> =>
  Object.fromEntries(Object.entries(mapping).filter(([name]) => !leave(name)));

/** True for what needs a secret that is not there. */
function lacksSecret(name: string, given: ReadonlySet<string>): boolean {
  const secret = Object.entries(INTEGRATIONS).find(([integration]) => integration === name)?.[1];
  return secret !== undefined && !given.has(secret);
}

function lacksGlobalSecret(name: string, given: ReadonlySet<string>): boolean {
  if (name.startsWith('slack_')) return !given.has(INTEGRATIONS.slack_configs);
  return name.startsWith('smtp_auth') && !given.has(INTEGRATIONS.email_configs);
}

/**
 * The committed Alertmanager configuration for another place: the webhook goes to its exporter with its token, and
 * receivers keep their names and lose what needs a secret that nobody has there. The watchdog barks where there is an
 * address for it.
 */
export function alertmanagerConfigFor(text: string, place: AlertmanagerPlace): string {
  const { exporterUrl, tokenFile, given, watchdogUrl } = place;
  const { global, receivers, templates, ...config } = configuration.parse(parse(text));
  const local = receivers.map(({ webhook_configs: webhooks, ...rest }) => ({
    ...without(rest, (name) => lacksSecret(name, given)),
    ...(webhooks && {
      webhook_configs: webhooks.map((hook) => ({
        ...hook,
        url: `${exporterUrl}${new URL(hook.url).pathname}`,
        http_config: {
          ...hook.http_config,
          authorization: { ...hook.http_config.authorization, credentials_file: tokenFile },
        },
      })),
    }),
    ...(rest.name === 'watchdog' &&
      watchdogUrl !== undefined && { webhook_configs: [{ url: watchdogUrl, send_resolved: false }] }),
  }));
  const placed = {
    global: without(global, (name) => lacksGlobalSecret(name, given)),
    templates: templates.map((pattern) =>
      place.templates === undefined ? pattern : `${place.templates}/${pattern}`,
    ),
    ...config,
    receivers: local,
  };
  return stringify(placed, { lineWidth: 0 }).replaceAll(COMMITTED_SECRETS, () => place.secrets);
}
