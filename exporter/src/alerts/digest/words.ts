import { spellDuration } from '../../base/duration.ts';
import type { Letter } from '../receivers/receiver.ts';
import type { DigestFigures } from './figures.ts';

/** A duration to the minute, e.g. `1h30m`; seconds where it is shorter. */
function spell(milliseconds: number): string {
  const unit = milliseconds < 60_000 ? 1000 : 60_000;
  return spellDuration(Math.round(milliseconds / unit) * unit);
}

function counts(words: DigestFigures['open']): string {
  return words.map(({ word, count }) => `${count} ${word}`).join(', ');
}

/** The figures of the day as a message for people. */
export function digestLetter(day: string, figures: DigestFigures, now: number): Letter {
  const { raised, resolved, meanTimeToResolve: mean, open, noisiest, oldest, flapping } = figures;
  const openCount = open.reduce((sum, { count }) => sum + count, 0);
  const took = mean === null ? '' : `, after ${spell(mean)} in the mean`;
  return {
    key: `digest.${day}`,
    subject: `Valtronics, ${day}: ${raised} alerts began, ${openCount} are open`,
    lines: [
      `In the last 24 hours ${raised} alerts began and ${resolved} ended${took}.`,
      openCount === 0 ? 'None is open.' : `Open now: ${counts(open)}.`,
      ...(flapping === 0 ? [] : [`Going on and off: ${flapping}.`]),
      ...(noisiest.length === 0 ? [] : ['Most often:']),
      ...noisiest.map(({ word, count }) => `• ${word}: ${count}`),
      ...(oldest.length === 0 ? [] : ['Open for longest:']),
      ...oldest.map(({ what, since }) => `• ${what}, for ${spell(now - since)}`),
    ],
  };
}
