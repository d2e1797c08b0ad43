import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A log store in a process of its own that has stored whatever is sent to it. Prints its port. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const lines = gunzipSync(Buffer.concat(chunks)).toString('utf8').split('\n').length - 1;
    const items = Array.from({ length: lines / 2 }, () => ({ create: { status: 201 } }));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ errors: false, items }));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
