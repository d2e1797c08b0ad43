import type { LogFormat } from './format.ts';

const BEGIN = 'Traceback (most recent call last):';

/** A traceback of Python: what an entry before it tells, or an exception that nobody caught. */
export const TRACEBACK: LogFormat = {
  name: 'traceback',
  title: 'tracebacks of Python without an entry before them',
  dataset: 'valtronics.api',
  begins: 'T',
  parse: (line) => (line === BEGIN ? { level: 'ERROR', message: BEGIN, explains: true } : undefined),
  samples: [
    {
      text: [
        BEGIN,
        '  File "/app/main.py", line 3, in <module>',
        '    connect()',
        'ConnectionRefusedError: [Errno 111] Connection refused',
        'During handling of the above exception, another exception occurred:',
        BEGIN,
        '  File "/app/main.py", line 5, in <module>',
        '    raise RuntimeError("no broker")',
        'RuntimeError: no broker',
      ].join('\n'),
      expected: { level: 'ERROR', message: BEGIN, explains: true },
    },
  ],
};
