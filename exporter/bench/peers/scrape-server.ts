import { createServer } from 'node:http';
import { EXPOSITIONS } from '../../src/metrics/negotiate.ts';
import { writeExposition } from '../../src/metrics/scrape.ts';
import { deviceSeries, storeOf } from '../device-series.ts';

/** Serves `/metrics` over that many series on a port of 127.0.0.1: `scrape-server.ts SERIES PORT`. */
const [series = '0', port = '0'] = process.argv.slice(2);
const parts = { families: [], stores: [storeOf(deviceSeries(Number(series)))] };

createServer((_request, response) => {
  response.setHeader('Content-Type', EXPOSITIONS.text.contentType);
  void writeExposition(response, parts, 'text').then(() => response.end());
}).listen(Number(port), '127.0.0.1');
