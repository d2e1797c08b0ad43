import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the real platform sent; the fixtures are kept once in the repository. */
const folder = new URL('../../../exporter/test/captures/', import.meta.url);

const restCapture = z.object({
  request: z.string(),
  status: z.number(),
  content_type: z.string(),
  body: z.unknown(),
});
export type RestCapture = z.output<typeof restCapture>;

const message = z.object({ topic: z.string(), payload: z.string() });
export type CapturedMessage = z.output<typeof message>;

function text(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, folder)), 'utf8');
}

export function readRestCapture(name: string): RestCapture {
  return restCapture.parse(JSON.parse(text(`rest/${name}.json`)));
}

export function mqttCaptures(): CapturedMessage[] {
  return text('mqtt.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => message.parse(JSON.parse(line)));
}

/** The topics of `broker-sys.txt`; a topic may hold a space, its value comes last (`11 seconds`, a version). */
export function sysTopics(): string[] {
  return text('broker-sys.txt')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/ (?:\d+ seconds|mosquitto version .*|[\d.]+)$/, ''));
}

export function logLines(name: string): string[] {
  return text(`logs/${name}.log`)
    .split('\n')
    .filter((line) => line !== '');
}
