import { parse, stringify } from 'yaml';
import { z } from 'zod';

const webhook = z.looseObject({
  url: z.string(),
  http_config: z.looseObject({ authorization: z.looseObject({ credentials_file: z.string() }) }),
});
const receiver = z.looseObject({ name: z.string(), webhook_configs: z.array(webhook).optional() });
const configuration = z.looseObject({
  global: z.record(z.string(), z.unknown()),
  receivers: z.array(receiver),
});

/** Ways to reach people; without their secrets each notification would fail. */
const NEEDS_SECRETS = ['pagerduty_configs', 'slack_configs', 'email_configs'];

const without = (names: (name: string) => boolean, mapping: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(mapping).filter(([name]) => !names(name)));

/**
 * The committed Alertmanager configuration for a run on this machine: the webhook goes to the run's exporter with
 * the run's token; receivers keep their names and lose what needs secrets that nobody has here.
 */
export function localAlertmanagerConfig(text: string, exporterUrl: string, tokenFile: string): string {
  const config = configuration.parse(parse(text));
  const receivers = config.receivers.map(({ webhook_configs: webhooks, ...rest }) => ({
    ...without((name) => NEEDS_SECRETS.includes(name), rest),
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
  }));
  return stringify({
    ...config,
    global: without((name) => name.endsWith('_file') || name.startsWith('smtp_auth'), config.global),
    receivers,
  });
}
