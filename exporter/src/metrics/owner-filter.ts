import { CATALOGUE } from './catalogue/index.ts';
import { COLLECTOR_NAMES, type FamilyOwner } from './family.ts';

/** The names that `collect[]` and `exclude[]` take. */
export const FAMILY_OWNERS: readonly FamilyOwner[] = [...COLLECTOR_NAMES, 'fleet', 'exporter'];

const OWNERS = new Map<string, FamilyOwner>(CATALOGUE.map(({ name, owner }) => [name, owner]));

/** A query that asks for owners that do not exist, or both ways at once; the message is for the client. */
export class OwnerFilterError extends Error {
  override readonly name = 'OwnerFilterError';
}

function parseOwners(parameter: string, names: readonly string[]): ReadonlySet<FamilyOwner> {
  return new Set(
    names.map((name) => {
      const owner = FAMILY_OWNERS.find((candidate) => candidate === name);
      if (owner !== undefined) return owner;
      throw new OwnerFilterError(`${parameter}: unknown "${name}", use one of ${FAMILY_OWNERS.join(', ')}`);
    }),
  );
}

/** Who fills the family of that name; what the catalogue does not know (process and runtime) is the exporter's. */
export function ownerOf(familyName: string): FamilyOwner {
  return OWNERS.get(familyName) ?? 'exporter';
}

/**
 * The owners whose families a scrape wants: all, those of `collect[]`, or all but those of `exclude[]`.
 * Throws an OwnerFilterError for an unknown name and when both are given, as node_exporter does.
 */
export function selectOwners(
  collect: readonly string[],
  exclude: readonly string[],
): ReadonlySet<FamilyOwner> {
  if (collect.length > 0 && exclude.length > 0) {
    throw new OwnerFilterError('collect[] and exclude[] cannot be combined');
  }
  if (collect.length > 0) return parseOwners('collect[]', collect);
  const excluded = parseOwners('exclude[]', exclude);
  return new Set(FAMILY_OWNERS.filter((owner) => !excluded.has(owner)));
}
