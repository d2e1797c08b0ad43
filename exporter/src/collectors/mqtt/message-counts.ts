import type { TopicDirection } from './topic.ts';

/** Counts the messages of one kind of device. */
export interface MessageSender {
  /** `failed`: it, or a value of it, could not be used. */
  sent(failed: boolean, at: number): void;
}

/** Counts live messages by who sends them. Times are milliseconds since the epoch. */
export interface MessageCounts {
  /** Whether messages can arrive from now on. */
  listening(isListening: boolean, at: number): void;
  /** Any message below `valtronics/`; `publish`: it goes to devices. */
  received(direction: TopicDirection, at: number): void;
  /** Who counts the messages of a device that is watched here; null of those that name none. Asked again now and then. */
  senderOf(deviceId: string | null): MessageSender;
}
