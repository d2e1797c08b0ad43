import type { LineTime } from '../formats/format.ts';
import { objectOf } from '../formats/json.ts';
import { isDigit, isoTime, isoTimeAt } from '../formats/line-time.ts';

/** A line that something else has wrapped: what the program wrote, and when the wrapper took it. */
export interface Envelope {
  readonly text: string;
  readonly time?: LineTime;
  /** Where a container wrote it: `stdout` or `stderr`. Lines of both stand in one file. */
  readonly stream?: string;
  /** The line goes on in the next one of its stream: container engines cut what is longer than 16 KiB. */
  readonly isPart?: boolean;
}

const ESCAPE = '\u001b';
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]{0,20}m`, 'g');
const LONGEST_CONTAINER = 64;
const [SPACE, T, BRACE] = [0x20, 0x54, 0x7b];

/** Docker's `json-file`: one object a line. */
function fromDocker(line: string): Envelope | undefined {
  const object = objectOf(line);
  const text = object?.['log'];
  const time = object?.['time'];
  const stream = object?.['stream'];
  if (typeof text !== 'string' || typeof stream !== 'string') return undefined;
  const isWhole = text.endsWith('\n');
  return {
    text: isWhole ? text.slice(0, -1) : text,
    time: typeof time === 'string' ? isoTime(time) : undefined,
    stream,
    isPart: !isWhole,
  };
}

/** Kubernetes' container logs: time, stream, whole or part of a line, text. */
function fromKubernetes(line: string): Envelope | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined) return undefined;
  const isStream = line.startsWith(' stdout ', found.end) || line.startsWith(' stderr ', found.end);
  const tag = line.charAt(found.end + 8);
  if (!isStream || (tag !== 'F' && tag !== 'P') || line.charCodeAt(found.end + 9) !== SPACE) return undefined;
  const stream = line.slice(found.end + 1, found.end + 7);
  return { text: line.slice(found.end + 10), time: found.time, stream, isPart: tag === 'P' };
}

/** Whether a container's name as compose makes it stands in front of an index: words and a number with dashes between. */
function isContainer(line: string, end: number): boolean {
  const separator = line.charAt(end - 2);
  return end > 2 && isDigit(line.charCodeAt(end - 1)) && (separator === '-' || separator === '_');
}

/** `backend-1  | `: what `docker compose logs` puts in front. */
function fromCompose(line: string): Envelope | undefined {
  const end = line.slice(0, LONGEST_CONTAINER).indexOf(' ');
  if (!isContainer(line, end)) return undefined;
  let index = end;
  while (line.charCodeAt(index) === SPACE && index < end + LONGEST_CONTAINER) index++;
  return line.startsWith('| ', index) ? { text: line.slice(index + 2) } : undefined;
}

/**
 * Takes a line out of what Docker, Kubernetes or compose put around it, and colours of a terminal off; undefined for a
 * line that is as its program wrote it.
 */
export function openEnvelope(line: string): Envelope | undefined {
  if (line.charCodeAt(0) === BRACE)
    return line.startsWith('{"log":"') ? withoutColours(line, fromDocker(line)) : undefined;
  return withoutColours(line, line.charCodeAt(10) === T ? fromKubernetes(line) : fromCompose(line));
}

function withoutColours(line: string, opened: Envelope | undefined): Envelope | undefined {
  const text = opened?.text ?? line;
  return text.includes(ESCAPE) ? { ...opened, text: text.replace(COLOURS, '') } : opened;
}
