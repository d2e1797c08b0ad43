import type { Writable } from 'node:stream';

/** Takes bytes; a promise that it returns is waited for before the next bytes come. */
export type ByteSink = (chunk: Uint8Array) => Promise<void> | void;

/** A receiver with its back-pressure. */
export interface OpenSink {
  /** Resolves when the receiver wants more or has ended; rejects with the error of a function. */
  write(chunk: Uint8Array): Promise<void>;
  /** Whether writing has no use any more; throws the error of a receiver that failed. */
  closed(): boolean;
  /** Takes the listeners away. */
  release(): void;
}

/** A stream that stands in a pipeline fails so when the other end of the pipeline went away. */
function isPrematureClose(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function openStream(stream: Writable): OpenSink {
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const onFailure = (error: Error): void => {
    if (!isPrematureClose(error)) failure = error;
    wake();
  };
  if (stream.errored !== null) onFailure(stream.errored);
  const onEvent = (): void => wake();
  stream.on('error', onFailure).on('drain', onEvent).on('close', onEvent);
  const closed = (): boolean => {
    if (failure !== undefined) throw failure;
    return stream.destroyed || stream.writableEnded;
  };
  return {
    closed,
    async write(chunk) {
      if (!stream.write(chunk) && !closed()) await new Promise<void>((resolve) => (wake = resolve));
    },
    release() {
      stream.off('error', onFailure).off('drain', onEvent).off('close', onEvent);
    },
  };
}

/** Wraps a stream or a function into the same shape. */
export function openSink(out: Writable | ByteSink): OpenSink {
  if (typeof out !== 'function') return openStream(out);
  return {
    closed: () => false,
    release: () => undefined,
    write: async (chunk) => out(chunk),
  };
}
