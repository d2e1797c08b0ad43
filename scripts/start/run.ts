import type { AlertEngine } from './alert-engine.ts';
import type { Ports } from './ports.ts';
import { type Service, type ServiceCommand, startService, untilReady } from './service.ts';
import type { TableRow } from './table.ts';

/** One run of the stack: what it may use, and what it has started so far. */
export interface Run {
  readonly environment: NodeJS.ProcessEnv;
  readonly engine: AlertEngine;
  readonly ports: Ports;
  readonly folder: string;
  readonly token: string;
  readonly services: Service[];
  readonly rows: TableRow[];
  /** Aborted when the run ends: nothing is started any more. */
  readonly stopping: AbortController;
}

/** Starts the program and resolves when it answers. The run stops it at its end. */
export async function launch(run: Run, command: ServiceCommand): Promise<Service> {
  run.stopping.signal.throwIfAborted();
  const service = startService(command);
  run.services.push(service);
  await untilReady(service, command.readyUrl);
  return service;
}
