import { z } from 'zod';
import type { MaintenanceWindow, WindowScope } from './maintenance-window.ts';

/** Who makes our silences, as Alertmanager shows it. */
export const CREATED_BY = 'valtronics';

/** What one silence of a window is about: a silence's matchers all have to match, a window's lists do not. */
export const SILENCE_PARTS = ['devices', 'types', 'locations', 'members'] as const;
export type SilencePart = (typeof SILENCE_PARTS)[number];

/** A silence of Alertmanager as far as it matters here. */
export const silenceSchema = z.object({
  id: z.string(),
  createdBy: z.string(),
  comment: z.string(),
  status: z.object({ state: z.enum(['active', 'pending', 'expired']) }),
});
export type Silence = z.output<typeof silenceSchema>;

/** A silence to be made, as `POST /api/v2/silences` takes it. */
export interface NewSilence {
  readonly matchers: readonly {
    readonly name: string;
    readonly value: string;
    readonly isRegex: true;
    readonly isEqual: true;
  }[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

const LABELS: Readonly<Record<SilencePart, string>> = {
  devices: 'device_id',
  types: 'device_type',
  locations: 'location',
  members: 'device_id',
};

const KEY = /^Valtronics maintenance ([\da-f-]{36})\/(devices|types|locations|members):/;

/** A regular expression of Go (RE2) that matches exactly these texts; Alertmanager anchors it. */
export function alternatives(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`)).join('|');
}

/** The window and the part that a silence of ours is about; undefined for anybody else's. */
export function silenceKey({
  createdBy,
  comment,
}: Pick<Silence, 'createdBy' | 'comment'>): { readonly id: string; readonly part: string } | undefined {
  const [, id, part] = KEY.exec(comment) ?? [];
  return createdBy !== CREATED_BY || id === undefined || part === undefined ? undefined : { id, part };
}

/** The texts that a part of the window is about; `members` are the ids of the devices of its types and locations. */
function textsOf(
  { devices, deviceTypes, locations }: WindowScope,
  members: readonly string[],
): Readonly<Record<SilencePart, readonly string[]>> {
  return { devices, types: deviceTypes, locations, members };
}

/** The silences that keep Alertmanager quiet for the window, by part. */
export function silencesOf(
  window: MaintenanceWindow,
  members: readonly string[],
): { readonly part: SilencePart; readonly silence: NewSilence }[] {
  const texts = textsOf(window, members);
  return SILENCE_PARTS.filter((part) => texts[part].length > 0).map((part) => ({
    part,
    silence: {
      matchers: [{ name: LABELS[part], value: alternatives(texts[part]), isRegex: true, isEqual: true }],
      startsAt: new Date(window.startsAt).toISOString(),
      endsAt: new Date(window.endsAt).toISOString(),
      createdBy: CREATED_BY,
      comment: `Valtronics maintenance ${window.id}/${part}: ${window.comment || 'no comment'}, by ${window.createdBy.name}`,
    },
  }));
}
