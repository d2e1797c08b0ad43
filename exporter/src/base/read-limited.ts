import type { Readable } from 'node:stream';

/** The whole stream as UTF-8. Rejects with the error of `tooLong` as soon as there are more bytes than that; nothing above the limit is kept. */
export async function readLimited(stream: Readable, limit: number, tooLong: () => Error): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const data: AsyncIterable<Buffer> = stream;
  for await (const chunk of data) {
    size += chunk.byteLength;
    if (size > limit) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
