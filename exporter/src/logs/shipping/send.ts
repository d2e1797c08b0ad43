import { messageOf } from '../../base/errors.ts';
import { BULK_PATH, BULK_TYPE, readBulkAnswer } from './bulk.ts';
import type { Item, Settling } from './settling.ts';
import { excerptOf } from './store-answer.ts';
import { type StoreAnswer, type StoreClient, StoreUnreachableError } from './store-client.ts';

/** Why entries have to be sent again. */
export interface Trouble {
  /** A word for metrics: `unreachable`, `timeout`, `answer`, `overloaded`, `unavailable`, `unauthorized`, `rejected`. */
  readonly reason: string;
  /** For operators. */
  readonly message: string;
  /** Milliseconds that the store wants to be left alone. */
  readonly retryAfter?: number | undefined;
}

/** What an attempt left to do: nothing without trouble. */
export interface Attempt {
  readonly left: readonly Item[];
  readonly trouble?: Trouble;
  /** True when a body was larger than the store takes. */
  readonly tooLarge: boolean;
}

export interface Sender {
  /** Sends the items in one body, or in parts where the store does not take them all at once. Never rejects. */
  send(items: readonly Item[], settling: Settling, signal: AbortSignal): Promise<Attempt>;
}

/**
 * A body of one entry that the store answers with 400 is that entry's fault, unless nothing else gets through either:
 * after so many in a row it is a matter of the address or of a proxy, and nothing more is given up.
 */
const REFUSED_IN_A_ROW = 3;

function reasonOf(status: number): string {
  if (status === 429) return 'overloaded';
  if (status >= 500) return 'unavailable';
  return status === 401 || status === 403 ? 'unauthorized' : 'rejected';
}

const ADVICE: Readonly<Record<string, string>> = {
  unauthorized: ': correct elasticsearch.api_key, or what its user or key may do there',
  rejected: ': correct elasticsearch.url',
};

export function createSender(client: StoreClient): Sender {
  let refusedInARow = 0;

  function troubleOf(answer: StoreAnswer): Trouble {
    const { status, retryAfter } = answer;
    const reason = reasonOf(status);
    const words = excerptOf(answer);
    return {
      reason,
      message: `the log store at ${client.place} answers ${`${status} ${words}`.trim()}${ADVICE[reason] ?? ''}`,
      retryAfter,
    };
  }

  function settleEach(items: readonly Item[], answer: StoreAnswer, settling: Settling): Attempt {
    const outcomes = readBulkAnswer(answer.text, items.length);
    const left: Item[] = [];
    let trouble: Trouble | undefined;
    for (const [index, item] of items.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined || outcome.kind === 'done') {
        refusedInARow = 0;
        settling.done(item);
      } else if (outcome.kind === 'refused') settling.refused(item, outcome.status, outcome.reason);
      else {
        left.push(item);
        trouble ??= troubleOf({ ...answer, status: outcome.status, text: outcome.reason });
      }
    }
    return { left, ...(trouble === undefined ? {} : { trouble }), tooLarge: false };
  }

  async function inHalves(items: readonly Item[], settling: Settling, signal: AbortSignal): Promise<Attempt> {
    const middle = Math.ceil(items.length / 2);
    const rest = items.slice(middle);
    const first = await send(items.slice(0, middle), settling, signal);
    // What stops the first half would stop the second.
    if (first.trouble !== undefined) return { ...first, left: [...first.left, ...rest] };
    return send(rest, settling, signal);
  }

  async function send(items: readonly Item[], settling: Settling, signal: AbortSignal): Promise<Attempt> {
    const body = items.map(({ lines }) => lines).join('');
    try {
      const answer = await client.request({
        ...{ method: 'POST', path: BULK_PATH, type: BULK_TYPE, compressed: true, body, signal },
      });
      const { status } = answer;
      if (status >= 200 && status < 300) return settleEach(items, answer, settling);
      if (status !== 413 && status !== 400)
        return { left: items, trouble: troubleOf(answer), tooLarge: false };
      const tooLarge = status === 413;
      if (items.length > 1) {
        const attempt = await inHalves(items, settling, signal);
        return { ...attempt, tooLarge: tooLarge || attempt.tooLarge };
      }
      if (!tooLarge && refusedInARow >= REFUSED_IN_A_ROW)
        return { left: items, trouble: troubleOf(answer), tooLarge };
      if (!tooLarge) refusedInARow += 1;
      for (const item of items) settling.refused(item, status, excerptOf(answer));
      return { left: [], tooLarge: false };
    } catch (error) {
      const trouble =
        error instanceof StoreUnreachableError
          ? { reason: error.reason, message: error.message }
          : { reason: 'answer', message: `the log store at ${client.place}: ${messageOf(error)}` };
      return { left: items, trouble, tooLarge: false };
    }
  }

  return { send };
}
