import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { freePort } from '../../../exporter/test/support/server.ts';

const pagerEvent = z.object({
  routing_key: z.string().min(1),
  event_action: z.enum(['trigger', 'acknowledge', 'resolve']),
  dedup_key: z.string().min(1).max(255),
  payload: z
    .object({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
    })
    .optional(),
});
const chatMessage = z
  .object({
    channel: z.string().optional(),
    text: z.string().optional(),
    attachments: z.array(z.object({ title: z.string(), text: z.string() })).optional(),
  })
  .refine(({ text, attachments }) => (text ?? '') !== '' || (attachments ?? []).length > 0);
const notification = z.object({
  alerts: z.array(z.object({ status: z.string(), labels: z.record(z.string(), z.string()) })),
});

/** An event of PagerDuty's Events API v2. */
export interface Page {
  readonly key: string;
  readonly action: 'trigger' | 'acknowledge' | 'resolve';
  readonly summary: string;
}

/** A message in a channel of Slack. */
export interface Chat {
  readonly channel: string;
  readonly title: string;
  readonly text: string;
}

/** An alert in a notification that reached the store, with the store's answer. */
export interface Hook {
  readonly name: string;
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly answer: number;
}

/** An HTTP server that takes what PagerDuty and Slack take, and passes webhooks on to an exporter. */
export interface PagingReceivers {
  readonly base: string;
  readonly pages: readonly Page[];
  readonly chats: readonly Chat[];
  /** What the store took; what it could not take is sent again and not in here. */
  readonly hooks: readonly Hook[];
  /** What was refused as malformed: nothing, if all is well. */
  readonly refused: readonly string[];
  /** Forgets all of that. */
  forget(): void;
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: AsyncIterable<Buffer> = request;
  let text = '';
  for await (const chunk of chunks) text += chunk.toString();
  return text;
}

/** Starts them; `/store/…` goes to the exporter's address, header by header. */
export async function startPagingReceivers(exporterUrl: () => string): Promise<PagingReceivers> {
  const pages: Page[] = [];
  const chats: Chat[] = [];
  const hooks: Hook[] = [];
  const refused: string[] = [];

  function answerPager(body: string, response: ServerResponse): void {
    const event = pagerEvent.safeParse(JSON.parse(body));
    if (!event.success || (event.data.event_action === 'trigger' && event.data.payload === undefined)) {
      refused.push(`PagerDuty: ${body}`);
      response.writeHead(400).end('{"status":"invalid event","message":"Event object is invalid"}');
      return;
    }
    const { dedup_key: key, event_action: action, payload } = event.data;
    pages.push({ key, action, summary: payload?.summary ?? '' });
    response.writeHead(202);
    response.end(JSON.stringify({ status: 'success', message: 'Event processed', dedup_key: key }));
  }

  function answerChat(body: string, response: ServerResponse): void {
    const message = chatMessage.safeParse(JSON.parse(body));
    if (!message.success) {
      refused.push(`Slack: ${body}`);
      response.writeHead(400).end('invalid_payload');
      return;
    }
    const { channel = '', text = '', attachments: [attachment] = [] } = message.data;
    chats.push({ channel, title: attachment?.title ?? text, text: attachment?.text ?? text });
    response.writeHead(200).end('ok');
  }

  async function passOn(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const answer = await fetch(`${exporterUrl()}${(request.url ?? '').replace('/store', '')}`, {
      method: 'POST',
      headers: {
        'Content-Type': request.headers['content-type'] ?? '',
        Authorization: request.headers.authorization ?? '',
      },
      body,
    }).catch(() => undefined);
    // The exporter is away: what stands before it says so.
    const status = answer?.status ?? 502;
    if (answer?.ok === true) {
      for (const { labels, status: state } of notification.parse(JSON.parse(body)).alerts)
        hooks.push({ name: labels['alertname'] ?? '', status: state, labels, answer: status });
    }
    response.writeHead(status).end((await answer?.text()) ?? '');
  }

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.url === '/pagerduty') answerPager(body, response);
      else if (request.url === '/slack') answerChat(body, response);
      else return passOn(request, body, response);
      return undefined;
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.closeAllConnections();
      server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  const forget = (): void => {
    for (const list of [pages, chats, hooks, refused]) list.length = 0;
  };
  return { base: `http://127.0.0.1:${port}`, pages, chats, hooks, refused, forget, stop };
}
