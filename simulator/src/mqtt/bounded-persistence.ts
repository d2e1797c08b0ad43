import MemoryPersistence, { type QueuedPacket } from 'aedes-persistence/asyncPersistence.js';

export interface BoundedPersistenceOptions {
  /** Messages that wait for one absent client at most; mosquitto's `max_queued_messages` is 1000. */
  readonly maxQueued: number;
  readonly isConnected: (clientId: string) => boolean;
  /** Told about every message that was thrown away because a queue was full. */
  readonly onDropped: () => void;
}

/** Sessions in memory whose queues are bounded while their client is away, as mosquitto's are. */
export class BoundedPersistence extends MemoryPersistence {
  readonly #options: BoundedPersistenceOptions;
  readonly #queued = new Map<string, number>();
  readonly #retained = new Set<string>();

  constructor(options: BoundedPersistenceOptions) {
    super();
    this.#options = options;
  }

  /** Messages that wait in all sessions. */
  get queued(): number {
    let sum = 0;
    for (const count of this.#queued.values()) sum += count;
    return sum;
  }

  /** Topics with a retained message. */
  get retained(): number {
    return this.#retained.size;
  }

  override async outgoingEnqueueCombi(
    subscriptions: { clientId: string }[],
    packet: QueuedPacket,
  ): Promise<void> {
    const { maxQueued, isConnected, onDropped } = this.#options;
    const accepted = subscriptions.filter(({ clientId }) => {
      const count = this.#queued.get(clientId) ?? 0;
      if (count >= maxQueued && !isConnected(clientId)) {
        onDropped();
        return false;
      }
      this.#queued.set(clientId, count + 1);
      return true;
    });
    await super.outgoingEnqueueCombi(accepted, packet);
  }

  override async outgoingClearMessageId(
    client: { id: string },
    packet: QueuedPacket,
  ): Promise<QueuedPacket | undefined> {
    const cleared = await super.outgoingClearMessageId(client, packet);
    if (cleared !== undefined)
      this.#queued.set(client.id, Math.max(0, (this.#queued.get(client.id) ?? 0) - 1));
    return cleared;
  }

  override async storeRetained(packet: { topic: string; payload: Buffer }): Promise<void> {
    if (packet.payload.length === 0) this.#retained.delete(packet.topic);
    else this.#retained.add(packet.topic);
    await super.storeRetained(packet);
  }
}
