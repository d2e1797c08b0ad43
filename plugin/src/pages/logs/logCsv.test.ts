import { expect, it } from '@jest/globals';
import type { LogEntry } from '../../domain/logs/logEntry';
import { logCsv } from './logCsv';

it('writes a line a row, whatever its text is made of; what looks like a formula is none', () => {
  const line: LogEntry = {
    ...{ id: 'a1', timestamp: Date.parse('2026-11-23T12:00:00.204Z'), level: 'ERROR', service: 'api' },
    ...{ category: 'error', message: 'he said "no",\n=1+1', deviceId: 'MOCK-1', traceId: null },
    ...{ correlationId: null, exception: null, pattern: 'p', file: '/var/log/api.log', raw: null, json: {} },
  };
  const [titles, ...rows] = logCsv([line])
    .replace(/^\uFEFF/, '')
    .split('\r\n');
  expect(titles).toBe(
    'timestamp,level,service,category,message,device_id,trace_id,correlation_id,pattern,file,id',
  );
  expect(rows.join('\r\n')).toContain(
    '2026-11-23T12:00:00.204Z,ERROR,api,error,"he said ""no"",\n\'=1+1",MOCK-1,,,p,/var/log/api.log,a1',
  );
});
