/** The package types its entry only; the class that aedes itself uses by default has none. */
declare module 'aedes-persistence/asyncPersistence.js' {
  export interface QueuedPacket {
    readonly topic: string;
  }

  export default class MemoryPersistence {
    outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: QueuedPacket): Promise<void>;
    outgoingClearMessageId(client: { id: string }, packet: QueuedPacket): Promise<QueuedPacket | undefined>;
    cleanSubscriptions(client: { id: string }): Promise<void>;
    storeRetained(packet: { topic: string; payload: Buffer }): Promise<void>;
    countOffline(): Promise<{ subsCount: number; clientsCount: number }>;
  }
}
