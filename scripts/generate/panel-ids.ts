import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateDashboards } from '../../dashboards/src/generate.ts';
import { ROOT } from '../root.ts';
import type { GeneratedFile } from './generated-file.ts';

/** Titles of panels by id, by dashboard: every id that was ever given out. */
export type PanelIds = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where they are kept. */
export const PANEL_IDS_FILE = 'dashboards/panel-ids.json';

const idsSchema = z.record(z.string(), z.record(z.string(), z.string()));
const dashboardSchema = z.object({
  uid: z.string(),
  panels: z.array(z.object({ id: z.number(), title: z.string() })),
});

/** The ids as they are now. */
export function presentPanelIds(): PanelIds {
  return Object.fromEntries(
    generateDashboards().map(({ content }) => {
      const { uid, panels } = dashboardSchema.parse(JSON.parse(content));
      return [uid, Object.fromEntries(panels.map(({ id, title }) => [String(id), title]))];
    }),
  );
}

/** The ids of the committed file. */
export function recordedPanelIds(): PanelIds {
  return idsSchema.parse(JSON.parse(readFileSync(join(ROOT, PANEL_IDS_FILE), 'utf8')));
}

/**
 * The recorded ids with those that are new. Links and embedded panels carry ids: one that is gone stays recorded and is
 * given to no other panel, so a panel under an id of another title is refused.
 */
export function mergedPanelIds(recorded: PanelIds, present: PanelIds): PanelIds {
  for (const [uid, panels] of Object.entries(present))
    for (const [id, title] of Object.entries(panels)) {
      const before = recorded[uid]?.[id];
      if (before !== undefined && before !== title)
        throw new Error(
          `${uid}: id ${id} was “${before}” and is “${title}” now: give a new panel a new id; if it was renamed, change ${PANEL_IDS_FILE}`,
        );
    }
  const uids = [...new Set([...Object.keys(recorded), ...Object.keys(present)])].sort();
  return Object.fromEntries(uids.map((uid) => [uid, { ...recorded[uid], ...present[uid] }]));
}

/** `dashboards/panel-ids.json`: the recorded ids, and new ones. */
export function generatePanelIds(): GeneratedFile {
  const ids = mergedPanelIds(recordedPanelIds(), presentPanelIds());
  return { path: PANEL_IDS_FILE, content: `${JSON.stringify(ids, null, 2)}\n` };
}
