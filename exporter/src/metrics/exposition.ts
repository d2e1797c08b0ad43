import { escapeHelp, labelBlockOf } from './escape.ts';
import type { FamilySnapshot, FamilyType, Sample } from './family.ts';
import { formatValue } from './sample-value.ts';

/** What a family is called in its HELP and TYPE lines. */
export type FamilyHead = Pick<FamilySnapshot, 'name' | 'type' | 'help'>;

/** The differences between the exposition formats. */
export interface Exposition {
  readonly contentType: string;
  /** Written between two families. */
  readonly separator: string;
  /** Written after the last family. */
  readonly end: string;
  typeName(type: FamilyType): string;
  /** The name in HELP and TYPE. */
  familyName(family: FamilyHead): string;
  /** The name in front of the labels. */
  sampleName(family: FamilyHead, sample: Sample): string;
  /** What stands behind the value. */
  afterValue(sample: Sample): string;
}

/** Prometheus' text format 0.0.4, written as prom-client does it. */
export const TEXT: Exposition = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  separator: '\n',
  end: '',
  typeName: (type) => type,
  familyName: (family) => family.name,
  sampleName: (family, sample) => family.name + (sample.suffix ?? ''),
  afterValue: () => '',
};

/** The HELP and TYPE lines. */
export function renderHead(exposition: Exposition, family: FamilyHead): string {
  const name = exposition.familyName(family);
  return `# HELP ${name} ${escapeHelp(family.help)}\n# TYPE ${name} ${exposition.typeName(family.type)}\n`;
}

/** One family with all its lines, each ended by a line feed. */
export function renderFamily(exposition: Exposition, family: FamilySnapshot): string {
  let text = renderHead(exposition, family);
  for (const sample of family.samples) {
    const name = exposition.sampleName(family, sample);
    text += `${name}${labelBlockOf(sample.labels)} ${formatValue(sample.value)}${exposition.afterValue(sample)}\n`;
  }
  return text;
}

/** A whole exposition in the given order: byte for byte what prom-client gives for the same families. */
export function renderExposition(exposition: Exposition, families: readonly FamilySnapshot[]): string {
  const blocks = families.map((family) => renderFamily(exposition, family));
  return blocks.join(exposition.separator) + exposition.end;
}
