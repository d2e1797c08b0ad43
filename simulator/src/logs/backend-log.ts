import type { BackendLog } from '../platform/backend-log.ts';

/** The backend's stdout: Python's root logger (`INFO:logger:message`) without a time, and uvicorn's own lines. */
export interface BackendLogWriter extends BackendLog {
  /** A line of uvicorn's own logger, `INFO:     text`. */
  uvicorn(level: 'INFO' | 'ERROR', text: string): void;
  /** The traceback after `Exception in ASGI application`, as far as a stand-in has one. */
  traceback(message: string): void;
  started(port: number): void;
  stopping(): void;
}

export function createBackendLog(write: (line: string) => void): BackendLogWriter {
  const uvicorn = (level: 'INFO' | 'ERROR', text: string): void => write(`${`${level}:`.padEnd(10)}${text}`);
  const root =
    (level: string) =>
    (logger: string, message: string): void =>
      write(`${level}:${logger}:${message}`);
  const info = root('INFO');
  return {
    info,
    warning: root('WARNING'),
    error: root('ERROR'),
    uvicorn,
    traceback(message) {
      write('Traceback (most recent call last):');
      write(
        '  File "/usr/local/lib/python3.11/site-packages/uvicorn/protocols/http/h11_impl.py", line 408, in run_asgi',
      );
      write('    result = await app(');
      write(message);
    },
    started(port) {
      uvicorn('INFO', `Started server process [${process.pid}]`);
      uvicorn('INFO', 'Waiting for application startup.');
      info('app.main', 'Starting Valtronics API...');
      info('telemetry.mqtt_handler', 'MQTT client started');
      info('app.main', 'MQTT client started');
      info('app.main', 'WebSocket heartbeat task started');
      uvicorn('INFO', 'Application startup complete.');
      info('telemetry.mqtt_handler', 'Connected to MQTT broker');
      uvicorn('INFO', `Uvicorn running on http://127.0.0.1:${port} (Press CTRL+C to quit)`);
    },
    stopping() {
      uvicorn('INFO', 'Shutting down');
      uvicorn('INFO', 'Application shutdown complete.');
    },
  };
}
