import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import { NO_WEB_CONFIG, readWebConfig, type WebConfig } from './read.ts';

/** The web configuration as it is now. */
export interface WebConfigSource {
  current(): WebConfig;
  /** Called with each new configuration. */
  onChange(listener: (config: WebConfig) => void): void;
  /** Looks at the files now; never rejects: a broken file is logged and the old configuration stays. */
  check(): Promise<void>;
  /** Ends the looking. */
  stop(): void;
}

export interface WebConfigOptions {
  /** Undefined: no file, plain HTTP. */
  readonly path: string | undefined;
  readonly logger: Logger;
  /** Milliseconds between two looks at the files. */
  readonly interval?: number;
}

const INTERVAL = 5000;

/** Why a running server cannot take the configuration over, or undefined when it can. */
function needsRestart(old: WebConfig, next: WebConfig): string | undefined {
  if ((old.tls === undefined) !== (next.tls === undefined)) return 'TLS was turned on or off';
  if (old.tls?.client.request !== next.tls?.client.request) {
    return 'client_auth_type begins or ceases to ask for certificates';
  }
  return undefined;
}

/**
 * Opens the web configuration and looks at its files again every few seconds, so that renewed certificates and
 * new users count without a restart. Rejects when it cannot be used at the start.
 */
export async function openWebConfig({ path, logger, interval }: WebConfigOptions): Promise<WebConfigSource> {
  if (path === undefined) {
    const nothing = (): void => undefined;
    return { current: () => NO_WEB_CONFIG, onChange: nothing, check: () => Promise.resolve(), stop: nothing };
  }
  let config = await readWebConfig(path);
  let complaint = '';
  let running: Promise<void> | undefined;
  const listeners: ((config: WebConfig) => void)[] = [];

  /** Logs once, not at each look. */
  function refuse(reason: string): void {
    if (reason !== complaint)
      logger.error({ path, error: reason }, 'web configuration not taken over; the old one stays');
    complaint = reason;
  }

  async function look(file: string): Promise<void> {
    try {
      const next = await readWebConfig(file);
      if (next.fingerprint === config.fingerprint) {
        complaint = '';
        return;
      }
      const restart = needsRestart(config, next);
      if (restart !== undefined) {
        refuse(`${restart}: restart the exporter`);
        return;
      }
      config = next;
      complaint = '';
      for (const listener of listeners) listener(next);
      logger.info({ path }, 'web configuration taken over');
    } catch (error) {
      refuse(messageOf(error));
    }
  }

  const check = (): Promise<void> => {
    running ??= look(path).finally(() => (running = undefined));
    return running;
  };
  const timer = setInterval(() => void check(), interval ?? INTERVAL);
  timer.unref();
  return {
    current: () => config,
    onChange: (listener) => void listeners.push(listener),
    check,
    stop: () => clearInterval(timer),
  };
}
