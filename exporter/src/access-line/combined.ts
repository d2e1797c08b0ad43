import { isIP } from 'node:net';
import { type AccessLine, parseStatus } from './access-line.ts';
import { clientAddress, forwardedClient } from './client-address.ts';
import { parseDurationWithUnit, sumOfTimes } from './duration.ts';
import { closingQuote, type Field, splitFields } from './fields.ts';
import { parseCommonTime, parseIsoTime } from './log-time.ts';
import { parseRequestLine } from './request-target.ts';

/** nginx writes $request_time with three decimals, gunicorn %(L)s with six; nothing else in the usual formats looks so. */
const SECONDS = /^\d{1,9}\.(?:\d{3}|\d{6})$/;
const KEYED = /^(rt|request_time|urt|upstream_response_time)="?([\d., :-]{1,200})"?$/;
/** Length of `22/Nov/2026:23:30:32 +0000`, and of the longest ISO time. */
const COMMON_LENGTH = 26;
const LONGEST_TIME = 40;
/** Words in front of the time that are looked at: a syslog prefix, a host, a list of addresses, identity and user. */
const MOST_WORDS = 32;

/** A line with `[time] "request" status` in it, taken apart. */
interface Logged {
  /** What stands in front of the time. */
  readonly head: string;
  readonly time: number;
  readonly request: string;
  readonly status: string;
  /** The status and the fields behind it. */
  readonly fields: readonly Field[];
}

/** The time in brackets at `open`, found by its form: names of users may hold brackets, too. */
function timeAt(line: string, open: number): { time: number; end: number } | null {
  const digit = line.charCodeAt(open + 1);
  if (digit < 0x30 || digit > 0x39) return null;
  const common = open + 1 + COMMON_LENGTH;
  const end = line.startsWith('] "', common)
    ? common
    : open + 1 + line.slice(open + 1, open + 1 + LONGEST_TIME).indexOf('] "');
  if (end <= open) return null;
  const text = line.slice(open + 1, end);
  const time = parseCommonTime(text) ?? parseIsoTime(text);
  return time === null ? null : { time, end };
}

function takeApart(line: string): Logged | null {
  let open = line.indexOf('[');
  let found = open === -1 ? null : timeAt(line, open);
  while (open !== -1 && found === null) {
    open = line.indexOf('[', open + 1);
    if (open !== -1) found = timeAt(line, open);
  }
  if (found === null) return null;
  const requestStart = found.end + 3;
  const requestEnd = closingQuote(line, requestStart);
  if (requestEnd === -1) return null;
  const fields = splitFields(line, requestEnd + 1);
  const written = fields[0]?.text ?? '';
  const status = parseStatus(written === '0' ? '000' : written);
  if (status === null) return null;
  const request = line.slice(requestStart, requestEnd);
  return { head: line.slice(0, open), time: found.time, request, status, fields };
}

/**
 * The client: the address that the identity (`-`) follows, the first of a list with commas. A name of the virtual host or
 * a syslog prefix may stand in front of it.
 */
function clientOf(head: string): string | null {
  const space = head.indexOf(' ');
  if (head.startsWith('- ', space + 1)) {
    const first = clientAddress(head.slice(0, space));
    if (first !== null && isIP(first) !== 0) return first;
  }
  return clientBehindPrefix(head);
}

function clientBehindPrefix(head: string): string | null {
  const words = head.split(' ', MOST_WORDS);
  const isAddress = (word: string): boolean => isIP(clientAddress(word) ?? '') !== 0;
  const withoutComma = (word: string): string => (word.endsWith(',') ? word.slice(0, -1) : word);
  let place = words.findIndex((word, index) => words[index + 1] === '-' && isAddress(word));
  if (place === -1) place = words.findIndex((word) => isAddress(withoutComma(word)));
  while (place > 0 && words[place - 1]?.endsWith(',') === true) place--;
  return place === -1 ? null : clientAddress(withoutComma(words[place] ?? ''));
}

/** The address in a quoted X-Forwarded-For, or null when the text is something else. */
function quotedClient({ text, quoted }: Field): string | null {
  const client = quoted ? forwardedClient(text) : null;
  return client !== null && isIP(client) !== 0 ? client : null;
}

function mayBeNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

/** Seconds in a text of times as nginx and gunicorn write them, several of them in a list; null for anything else. */
function timesIn(text: string): number | null {
  if (!mayBeNumber(text)) return null;
  if (SECONDS.test(text)) return Number(text);
  const isList = text.length <= 200 && (text.includes(', ') || text.includes(' : '));
  return isList && text.split(/, | : /).every((part) => part === '-' || SECONDS.test(part))
    ? sumOfTimes(text)
    : null;
}

interface Extras {
  readonly durationSeconds: number | null;
  readonly forwarded: string | null;
}

/** The fields behind status and bytes: referer and user agent where they are quoted, then what the operator has added. */
function extrasOf(fields: readonly Field[]): Extras {
  const added = fields.slice(fields[2]?.quoted === true && fields[3]?.quoted === true ? 4 : 2);
  let bare: number | null = null;
  let listed = 0;
  let request: number | null = null;
  let upstream: number | null = null;
  let forwarded: string | null = null;
  for (const field of added) {
    const { text, quoted } = field;
    const keyed = text.includes('=') ? KEYED.exec(text) : null;
    if (keyed?.[1]?.startsWith('u') === true) upstream ??= sumOfTimes(keyed[2] ?? '');
    else if (keyed !== null) request ??= sumOfTimes(keyed[2] ?? '');
    else if (quoted) {
      const times = timesIn(text);
      if (times === null) forwarded ??= quotedClient(field);
      else bare ??= times;
    } else if (!mayBeNumber(text)) {
      continue;
    } else if (text.endsWith(',') && SECONDS.test(text.slice(0, -1))) {
      // The first of a list without quotes.
      listed += Number(text.slice(0, -1));
    } else {
      const seconds = SECONDS.test(text) ? Number(text) : parseDurationWithUnit(text);
      if (seconds === null) continue;
      bare ??= listed + seconds;
      listed = 0;
    }
  }
  return { durationSeconds: request ?? bare ?? upstream, forwarded };
}

const WHOLE = /^\d{1,15}$/;

/**
 * Envoy's own fields behind the status: flags, in Istio details and quoted reasons, then bytes received, bytes sent and
 * milliseconds, at last X-Forwarded-For as the first quoted text. Null for the fields of any other server.
 */
function envoyExtras(fields: readonly Field[]): Extras | null {
  const isWhole = (field: Field | undefined): boolean => field?.quoted === false && WHOLE.test(field.text);
  if (fields[1] === undefined || fields[1].quoted || isWhole(fields[1])) return null;
  const start = fields.findIndex((field, index) => index > 1 && isWhole(field) && isWhole(fields[index + 1]));
  if (start === -1 || !isWhole(fields[start + 2])) return null;
  const forwarded = fields.slice(start + 3).find(({ quoted }) => quoted);
  return {
    durationSeconds: Number(fields[start + 2]?.text) / 1000,
    forwarded: forwarded === undefined ? null : quotedClient(forwarded),
  };
}

/** A line that was read, with the name of its format. */
export interface CombinedLine {
  readonly format: 'combined' | 'envoy';
  readonly access: AccessLine;
}

/** What such a line tells besides; for Envoy the request alone. */
export interface CombinedDetails extends CombinedLine {
  /** The request as logged: `GET /path?query HTTP/1.1`. */
  readonly request: string;
  /** Bytes of the body; null where the line does not say. */
  readonly bytes: number | null;
  /** Null where the line has none. */
  readonly userAgent: string | null;
}

/** As `parseCombined`, with what only a reader of whole lines asks for. */
export function parseCombinedDetails(line: string): CombinedDetails | null {
  const logged = takeApart(line);
  if (logged === null) return null;
  const { head, status, time, fields, request } = logged;
  const { method, path } = parseRequestLine(request);
  const client = clientOf(head);
  const envoy = client === null ? envoyExtras(fields) : null;
  const { durationSeconds, forwarded } = envoy ?? extrasOf(fields);
  const access = { method, path, status, durationSeconds, client: forwarded ?? client, time };
  if (envoy !== null) return { format: 'envoy', access, request, bytes: null, userAgent: null };
  const sent = fields[1];
  const agent = fields[2]?.quoted === true && fields[3]?.quoted === true ? fields[3].text : '-';
  return {
    format: 'combined',
    access,
    request,
    bytes: sent?.quoted === false && WHOLE.test(sent.text) ? Number(sent.text) : null,
    userAgent: agent === '-' ? null : agent,
  };
}

/**
 * Reads the common and combined formats of nginx, Apache, gunicorn and traefik, with any of X-Forwarded-For (quoted),
 * `$request_time` (quoted or not) or `rt=…`/`urt=…` behind them, the name of the virtual host or a syslog prefix in front;
 * so also ingress-nginx's format. And Envoy's, which has the time first. Null for every other line. Bare times: the
 * first is the request's, as nginx's own examples have it.
 */
export function parseCombined(line: string): CombinedLine | null {
  const details = parseCombinedDetails(line);
  return details === null ? null : { format: details.format, access: details.access };
}
