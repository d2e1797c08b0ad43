import type { RequestHandler, Response } from 'express';
import { clientNetwork } from './client-network.ts';
import { HttpError } from './http-error.ts';

export interface ScrapePlacesOptions {
  /** Scrapes at the same time. */
  readonly total: number;
  /** Of those, the most of one client: the rest stays for others. */
  readonly perClient: number;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
}

interface Place {
  readonly client: string;
  readonly response: Response;
  /** When the client last took something, or the scrape began. */
  movedAt: number;
}

/** A client that takes nothing for so long loses its place to one that waits, milliseconds. */
const STALLED_AFTER = 1000;

/**
 * Keeps a pile-up of scrapes from growing. Who comes when all places are taken gets the one of a client that has stopped
 * reading, or 503 when all of them read: clients that do nothing cannot keep Prometheus out.
 */
export function scrapePlaces({ total, perClient, now }: ScrapePlacesOptions): RequestHandler {
  const places = new Set<Place>();

  /** Frees the place that stands still for longest. */
  function freeStalled(among: readonly Place[]): boolean {
    const stalled = among
      .filter(({ response, movedAt }) => response.writableNeedDrain && now() - movedAt >= STALLED_AFTER)
      .sort((a, b) => a.movedAt - b.movedAt)[0];
    if (stalled === undefined) return false;
    places.delete(stalled);
    stalled.response.destroy();
    return true;
  }

  function refuse(taken: number): never {
    throw new HttpError(503, `${taken} requests of this kind are under way already`, {
      headers: { 'Retry-After': '1' },
    });
  }

  return (request, response, next) => {
    const client = clientNetwork(request.socket.remoteAddress ?? '');
    const own = [...places].filter((place) => place.client === client);
    if (own.length >= perClient && !freeStalled(own)) refuse(own.length);
    if (places.size >= total && !freeStalled([...places])) refuse(places.size);
    const place: Place = { client, response, movedAt: now() };
    places.add(place);
    response.on('drain', () => (place.movedAt = now()));
    response.once('close', () => places.delete(place));
    next();
  };
}
