import type { TopicDirection } from './topic.ts';

/** Counts live messages by who sends them. Times are milliseconds since the epoch. */
export interface MessageCounts {
  /** Whether messages can arrive from now on. */
  listening(isListening: boolean, at: number): void;
  /** Any message below `valtronics/`; `publish`: it goes to devices. */
  received(direction: TopicDirection, at: number): void;
  /**
   * One of a device that is watched here; null where it names none. `failed`: it, or a value of it, could not be used.
   */
  fromDevice(deviceId: string | null, failed: boolean, at: number): void;
}
