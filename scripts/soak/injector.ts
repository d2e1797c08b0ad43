import type { Action } from './faults.ts';
import type { Stack } from './stack.ts';

/** Breaks and mends the stack. */
export interface Injector {
  begin(action: Action): Promise<void>;
  /** Keeps up what heals by itself; called while the fault lasts. */
  hold(action: Action): void;
  end(action: Action): Promise<void>;
}

export function createInjector(stack: Stack): Injector {
  const { links, servers, simulator, exporter, witnessLog, disk, clock } = stack;
  const answering = { 'log-store': stack.logStore, traces: stack.traces };

  /**
   * Nobody waits for it: other faults end meanwhile, some of which may be in its way. A start that fails is among the
   * exporter's own ends.
   */
  function startAgain(): void {
    exporter.start().catch(() => undefined);
  }
  async function exporterGoes(how: Extract<Action, { do: 'exporter' }>['how']): Promise<void> {
    if (how === 'freeze') exporter.freeze();
    else if (how === 'restart') await exporter.end();
    else await exporter.kill();
    if (how === 'bounce') startAgain();
  }
  function exporterComes(how: Extract<Action, { do: 'exporter' }>['how']): void {
    if (how === 'freeze') exporter.thaw();
    else if (how !== 'bounce') startAgain();
  }

  return {
    async begin(action) {
      switch (action.do) {
        case 'link':
          return links[action.part].set(action.mode);
        case 'restart':
          return servers[action.server].stop('SIGTERM');
        case 'kill':
          return servers[action.server].stop('SIGKILL');
        case 'freeze':
          servers[action.server].signal('SIGSTOP');
          return;
        case 'platform':
          return simulator.breakPart(action.what);
        case 'answer':
          if (action.part === 'log-store') answering['log-store'].status = action.status;
          else answering.traces.status = 503;
          return;
        case 'exporter':
          return exporterGoes(action.how);
        case 'rotate':
          witnessLog.rotate(action.how);
          return;
        case 'fill-disk':
          disk.fill();
          return;
        case 'clock':
          clock.move(action.seconds);
          return;
      }
    },
    hold(action) {
      if (action.do === 'fill-disk') disk.fill();
    },
    async end(action) {
      switch (action.do) {
        case 'link':
          return links[action.part].set('open');
        case 'restart':
        case 'kill':
          return servers[action.server].start();
        case 'freeze':
          servers[action.server].signal('SIGCONT');
          return;
        case 'platform':
          return simulator.mendPart(action.what);
        case 'answer':
          answering[action.part].status = undefined;
          return;
        case 'exporter':
          exporterComes(action.how);
          return;
        case 'rotate':
          witnessLog.rotate(action.how);
          return;
        case 'fill-disk':
          disk.free();
          return;
        case 'clock':
          clock.move(0);
          return;
      }
    },
  };
}
