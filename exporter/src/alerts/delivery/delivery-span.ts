import { DEVICE_ID } from '../../trace/attribute-names.ts';
import type { SpanContext, SpanOptions } from '../../trace/tracer.ts';
import type { Notice, Receiver } from '../receivers/receiver.ts';

/** A notice with what raised it, where that was traced. */
export interface TracedNotice extends Notice {
  readonly trace?: SpanContext | undefined;
}

/** Links and names of one span: what a person can look through. */
const MOST = 32;

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))].slice(0, MOST);
}

/**
 * The span of one sending. It is a trace of its own, since it comes later, perhaps after a restart, and may tell of several
 * alerts: it links to what raised them. Who is told stays out of it, that may be a person's address.
 */
export function deliverySpan(
  { integration }: Pick<Receiver, 'integration'>,
  notices: readonly TracedNotice[],
): SpanOptions {
  const devices = distinct(notices.map(({ alert }) => alert.labels['device_id']));
  const links = new Map(notices.flatMap(({ trace }) => (trace === undefined ? [] : [[trace.spanId, trace]])));
  return {
    kind: 'client',
    parent: 'root',
    links: [...links.values()].slice(0, MOST),
    attributes: {
      'peer.service': integration,
      'valtronics.notices': notices.length,
      'valtronics.alerts': distinct(notices.map(({ alert }) => alert.name)),
      [DEVICE_ID]: devices.length === 1 ? devices[0] : undefined,
    },
  };
}
