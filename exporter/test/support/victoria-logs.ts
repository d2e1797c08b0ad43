import { goProgram } from './go-program.ts';
import { answersOk, freePort, startServer, temporaryFolder } from './server.ts';

export interface VictoriaLogs {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a real VictoriaLogs that takes entries of any time. */
export async function startVictoriaLogs(): Promise<VictoriaLogs> {
  const command = await goProgram('github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs', 'v1.52.1');
  const folder = temporaryFolder('victoria-logs');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command,
    args: [
      ...[`-storageDataPath=${folder.path}`, `-httpListenAddr=127.0.0.1:${port}`],
      ...['-retentionPeriod=100y', '-futureRetention=10y'],
    ],
    port,
    ready: () => answersOk(`${url}/health`),
  });
  return {
    url,
    stop: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}
