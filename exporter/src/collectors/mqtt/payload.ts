import { isUtf8 } from 'node:buffer';
import { parseJson } from './json.ts';

/** Why a message, or one value of it, could not be used: label `reason` of `valtronics_mqtt_unusable_total`. */
export const UNUSABLE_REASONS = [
  'empty',
  'too_large',
  'not_utf8',
  'bad_json',
  'not_object',
  'no_device',
  'no_metric_name',
  'no_points',
  'not_finite',
  'wrong_type',
] as const;
export type UnusableReason = (typeof UNUSABLE_REASONS)[number];

/** A JSON object as it arrived; nothing about its members is known. */
export type Document = Readonly<Record<string, unknown>>;

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON object that a message carries, or why it carries none. A byte order mark is no error. The check
 * for UTF-8 costs nothing for plain text: only a decoded replacement character makes it look at the bytes.
 */
export function readDocument(payload: Buffer): Document | UnusableReason {
  if (payload.length === 0) return 'empty';
  const text = payload.toString('utf8');
  if (text.includes('\uFFFD') && !isUtf8(payload)) return 'not_utf8';
  const value = parseJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  if (value === undefined) return 'bad_json';
  return isDocument(value) ? value : 'not_object';
}
