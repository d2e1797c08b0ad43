import { describe, expect, it } from '@jest/globals';
import { errorClassOf } from './error-class.ts';

describe('the class of an error', () => {
  it.each([
    ['Connection refused', 'connection_error'],
    ['lost CONNECTION to broker', 'connection_error'],
    ['ConnectionRefusedError: [Errno 111]', 'connection_error'],
    ['Database connection failed', 'connection_error'],
    ['Database is locked', 'database_error'],
    ['sqlalchemy.exc.OperationalError', 'database_error'],
    ['psycopg2.OperationalError: connection refused', 'database_error'],
    ["This Session's transaction has been rolled back", 'database_error'],
    ['Timeout after 30 s', 'timeout_error'],
    ['the request timed out', 'timeout_error'],
    ['asyncio.TimeoutError', 'timeout_error'],
    ['Out of memory', 'memory_error'],
    ['MemoryError', 'memory_error'],
    ['FileNotFoundError: x', 'file_error'],
    ['No such file or directory', 'file_error'],
    ['user profile is broken', 'other'],
    ['', 'other'],
    ['__proto__ constructor', 'other'],
  ] as const)('%j is %s', (text, expected) => expect(errorClassOf(text, 'valtronics.api')).toBe(expected));

  it('is by the program where the words say nothing', () => {
    expect(errorClassOf('value too long', 'postgresql.log')).toBe('database_error');
    expect(errorClassOf('value too long', 'constructor')).toBe('other');
  });
});
