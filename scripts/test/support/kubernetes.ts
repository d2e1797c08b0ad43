import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { Requirement } from '../../../exporter/test/support/programs.ts';
import { ROOT } from '../../root.ts';

export const KUBERNETES = join(ROOT, 'provisioning', 'kubernetes');

/** Not in Debian 12: what is there is too old for these files. */
export const KUBECTL: Requirement = { names: ['kubectl'] };
/** PyPI: strict schemas of every version; `.ci/run` installs it. */
export const SCHEMAS: Requirement = {
  names: ['kubernetes-validate'],
  folders: [join(homedir(), '.cache', 'valtronics', 'kubernetes-validate', 'bin')],
};

const resourceSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
});
/** An object of Kubernetes, of which only the frame is known. */
export type Resource = z.output<typeof resourceSchema>;

/** The objects in YAML text. Throws when it is no YAML. */
export function resourcesIn(text: string): Resource[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return resourceSchema.parse(document.toJS());
  });
}

/** All objects of the files below the folder, kustomize's own ones left out. */
export function resourcesBelow(folder: string): Resource[] {
  return readdirSync(join(KUBERNETES, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml') && !name.endsWith('kustomization.yml'))
    .flatMap((name) => resourcesIn(readFileSync(join(KUBERNETES, folder, name), 'utf8')));
}

/** What `kubectl kustomize` makes of the folder. Throws with its words when it refuses. */
export function kustomized(folder: string): string {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(KUBERNETES, folder)], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The one object of that kind and name. */
export function resource(resources: readonly Resource[], kind: string, name: string): Resource {
  const found = resources.filter((one) => one.kind === kind && one.metadata.name === name);
  if (found[0] === undefined || found.length > 1)
    throw new Error(`${found.length} objects are ${kind} ${name}`);
  return found[0];
}

const podSchema = z.looseObject({
  securityContext: z.looseObject({}),
  automountServiceAccountToken: z.boolean(),
  containers: z.array(
    z.looseObject({
      image: z.string(),
      securityContext: z.looseObject({}),
      env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).optional(),
      ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).optional(),
      resources: z.looseObject({}),
      volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).optional(),
    }),
  ),
});

/** The pod that a StatefulSet or a Job makes. */
export function podOf({ spec }: Resource): z.output<typeof podSchema> {
  return z.object({ template: z.object({ spec: podSchema }) }).parse(spec).template.spec;
}
