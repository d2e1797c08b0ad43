/** What the broker counts since its start, and what it holds now. */
export interface BrokerCounters {
  messagesReceived: number;
  messagesSent: number;
  bytesReceived: number;
  bytesSent: number;
  publishReceived: number;
  publishSent: number;
  publishDropped: number;
  publishBytesReceived: number;
  publishBytesSent: number;
  connections: number;
  sockets: number;
  /** Clients connected now, most at once, and known sessions without a connection. */
  connected: number;
  maximum: number;
  disconnected: number;
  subscriptions: number;
  retained: number;
  stored: number;
  storedBytes: number;
}

export function createBrokerCounters(): BrokerCounters {
  return {
    messagesReceived: 0,
    messagesSent: 0,
    bytesReceived: 0,
    bytesSent: 0,
    publishReceived: 0,
    publishSent: 0,
    publishDropped: 0,
    publishBytesReceived: 0,
    publishBytesSent: 0,
    connections: 0,
    sockets: 0,
    connected: 0,
    maximum: 0,
    disconnected: 0,
    subscriptions: 0,
    retained: 0,
    stored: 0,
    storedBytes: 0,
  };
}

/** The size of a PUBLISH packet on the wire, in bytes. */
export function publishSize(topicBytes: number, payloadBytes: number, qos: number): number {
  const rest = 2 + topicBytes + (qos > 0 ? 2 : 0) + payloadBytes;
  return 1 + (rest < 128 ? 1 : rest < 16_384 ? 2 : rest < 2_097_152 ? 3 : 4) + rest;
}
