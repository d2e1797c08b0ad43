import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import { renderFamily, renderHead, type Exposition } from './exposition.ts';
import type { FamilyOwner, FamilySnapshot } from './family.ts';
import { EXPOSITIONS, type ExpositionFormat } from './negotiate.ts';
import { ownerOf } from './owner-filter.ts';
import { CHUNK_BYTES } from './series-store.ts';
import type { SeriesStore } from './series.ts';
import { openSink, type ByteSink } from './sink.ts';

/** What one scrape shows: the registry's families, then the per-device ones, each in its order. */
export interface ExpositionParts {
  readonly families: readonly FamilySnapshot[];
  readonly stores: readonly SeriesStore[];
}

export interface WriteOptions {
  /** Only families of these owners; all when left out. */
  readonly owners?: ReadonlySet<FamilyOwner>;
  /** Whether the family of that name is left out; none is when left out. */
  readonly isLeftOut?: (family: string) => boolean;
  /** Ends the writing early, as a client that goes away does. */
  readonly signal?: AbortSignal;
  /** Milliseconds of rendering after which other work gets a turn; 8 when left out. */
  readonly turnMilliseconds?: number;
}

export interface WriteResult {
  /** False when the client went away or the signal ended the writing. */
  readonly complete: boolean;
  readonly bytes: number;
}

const TURN_MILLISECONDS = 8;

/** Exposition text in pieces of about `CHUNK_BYTES`; no family is interleaved, none without samples is written. */
function* pieces(
  exposition: Exposition,
  parts: ExpositionParts,
  wanted: (owner: FamilyOwner, family: string) => boolean,
): IterableIterator<Uint8Array> {
  let text = '';
  let separator = '';
  for (const family of parts.families) {
    if (family.samples.length === 0 || !wanted(ownerOf(family.name), family.name)) continue;
    text += separator + renderFamily(exposition, family);
    separator = exposition.separator;
    if (text.length < CHUNK_BYTES) continue;
    yield Buffer.from(text);
    text = '';
  }
  for (const store of parts.stores) {
    if (!wanted(store.family.owner, store.family.name)) continue;
    let head = separator + renderHead(exposition, store.family);
    for (const chunk of store.chunks()) {
      if (head !== '') {
        yield Buffer.from(text + head);
        text = '';
        head = '';
        separator = exposition.separator;
      }
      yield chunk;
    }
  }
  text += exposition.end;
  if (text !== '') yield Buffer.from(text);
}

/**
 * Writes a whole exposition to a stream or a function and leaves it open. Waits while the receiver is
 * slow, and gives way to other work after every few milliseconds of rendering. Resolves also when the
 * client goes away early; rejects with the error of a receiver that fails.
 */
export async function writeExposition(
  out: Writable | ByteSink,
  parts: ExpositionParts,
  format: ExpositionFormat,
  options: WriteOptions = {},
): Promise<WriteResult> {
  const { owners, isLeftOut, signal, turnMilliseconds = TURN_MILLISECONDS } = options;
  const wanted = (owner: FamilyOwner, family: string): boolean =>
    (owners?.has(owner) ?? true) && isLeftOut?.(family) !== true;
  const sink = openSink(out);
  let bytes = 0;
  let turnEnd = performance.now() + turnMilliseconds;
  try {
    for (const piece of pieces(EXPOSITIONS[format], parts, wanted)) {
      if (signal?.aborted || sink.closed()) return { complete: false, bytes };
      await sink.write(piece);
      bytes += piece.length;
      if (performance.now() < turnEnd) continue;
      await nextTurn();
      turnEnd = performance.now() + turnMilliseconds;
    }
    return { complete: !sink.closed(), bytes };
  } finally {
    sink.release();
  }
}
