import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { temporaryFolder } from '../../../exporter/test/support/server.ts';
import { ROOT } from '../../root.ts';

export const ALERTMANAGER_FOLDER = join(ROOT, 'provisioning', 'alertmanager');
/** Where the committed file expects its secrets. */
export const SECRETS = '/etc/alertmanager/secrets';

const routeSchema = z.looseObject({
  receiver: z.string(),
  matchers: z.array(z.string()).default([]),
  continue: z.boolean().default(false),
});
const inhibitionSchema = z.strictObject({
  source_matchers: z.array(z.string()),
  target_matchers: z.array(z.string()),
  equal: z.array(z.string()),
});
const configSchema = z.looseObject({
  time_intervals: z.array(z.looseObject({ name: z.string() })),
  route: z.looseObject({ receiver: z.string(), routes: z.array(routeSchema) }),
  receivers: z.array(z.looseObject({ name: z.string() })),
  inhibit_rules: z.array(inhibitionSchema),
});
export type AlertmanagerConfig = z.infer<typeof configSchema>;

/** The committed configuration as text. */
export const configText = (): string => readFileSync(join(ALERTMANAGER_FOLDER, 'alertmanager.yml'), 'utf8');

/** The committed configuration as data. */
export const readConfig = (): AlertmanagerConfig => configSchema.parse(parse(configText()));

/** Every template's text. */
export const readTemplates = (): readonly string[] =>
  readdirSync(join(ALERTMANAGER_FOLDER, 'templates')).map((name) =>
    readFileSync(join(ALERTMANAGER_FOLDER, 'templates', name), 'utf8'),
  );

/** A private copy of the folder. */
export interface AlertmanagerFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
  /** Writes a secret's file. */
  secret(name: string, content: string): void;
}

/** A copy whose configuration went through `edit`, with a file for each secret that it names. */
export function copyAlertmanager(edit: (text: string) => string): AlertmanagerFolder {
  const { path, remove } = temporaryFolder('alertmanager');
  // Secrets of whoever runs the tests stay where they are.
  cpSync(ALERTMANAGER_FOLDER, path, { recursive: true, filter: (source) => basename(source) !== 'secrets' });
  mkdirSync(join(path, 'secrets'), { recursive: true });
  const before = configText();
  const after = edit(before);
  if (after === before) throw new Error('the copy is not edited: the text has changed');
  writeFileSync(join(path, 'alertmanager.yml'), after.replaceAll(SECRETS, join(path, 'secrets')));
  const secret = (name: string, content: string): void => writeFileSync(join(path, 'secrets', name), content);
  for (const [, name = ''] of before.matchAll(/\/secrets\/([\w-]+)/g)) secret(name, `the-${name}`);
  return { path, remove, secret };
}
