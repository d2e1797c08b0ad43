import { BROKER_VERSION } from './sys-topics.ts';

/** mosquitto's log: what it says about connections, in its words. */
export interface BrokerLog {
  listening(port: number): void;
  opened(address: string): void;
  connected(clientId: string, address: string, clean: boolean): void;
  disconnected(clientId: string): void;
  failed(clientId: string, reason: string): void;
  stopped(): void;
}

/**
 * @param write takes a line without its end
 * @param now milliseconds since the epoch
 */
export function createBrokerLog(write: (line: string) => void, now: () => number): BrokerLog {
  let port = 0;
  const line = (text: string): void => write(`${new Date(now()).toISOString().slice(0, 19)}: ${text}`);
  return {
    listening(listeningPort) {
      port = listeningPort;
      line(`${BROKER_VERSION} starting`);
      line(`Opening ipv4 listen socket on port ${port}.`);
      line(`${BROKER_VERSION} running`);
    },
    opened: (address) => line(`New connection from ${address} on port ${port}.`),
    connected: (clientId, address, clean) =>
      line(`New client connected from ${address} as ${clientId} (p2, c${clean ? 1 : 0}, k60).`),
    disconnected: (clientId) => line(`Client ${clientId} disconnected.`),
    failed: (clientId, reason) => line(`Client ${clientId} disconnected due to protocol error: ${reason}.`),
    stopped: () => line(`${BROKER_VERSION} terminating`),
  };
}
