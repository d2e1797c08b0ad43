import { STATUS_CODES, type InformationEvent } from 'node:http';
import type { Writable } from 'node:stream';
import { endsHere, namedByConnection } from './hop-by-hop.ts';

/** A status line with headers and the empty line behind them; to be written as latin1, a byte a character. */
export function headText(status: number, reason: string | undefined, headers: readonly string[]): string {
  const words = reason === undefined || reason === '' ? (STATUS_CODES[status] ?? '') : reason;
  let head = `HTTP/1.1 ${status} ${words}\r\n`;
  for (let index = 0; index < headers.length; index += 2)
    head += `${headers[index] ?? ''}: ${headers[index + 1] ?? ''}\r\n`;
  return `${head}\r\n`;
}

/** Sends an interim answer (100, 103) as it came, without the headers of the API's own hop; Node can send only some of them. */
export function passInterim(interim: InformationEvent, client: Writable): void {
  const { statusCode, statusMessage, rawHeaders, headers } = interim;
  const named = namedByConnection(headers.connection);
  const passed: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    if (!endsHere(name.toLowerCase(), named)) passed.push(name, value);
  }
  client.write(headText(statusCode, statusMessage, passed), 'latin1');
}
