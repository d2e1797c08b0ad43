import type { Logger } from '../log/logger.ts';
import { identityKey } from './file-identity.ts';
import type { FollowedFiles } from './followed-files.ts';
import type { LineBatch, LineConsumer } from './line-batch.ts';
import type { Position } from './position.ts';
import type { PositionLedger } from './position-ledger.ts';
import {
  type ReadLimits,
  readSlice,
  readUnfinishedLine,
  type Slice,
  type TailedFile,
} from './tailed-file.ts';

export interface DeliveryOptions {
  readonly consumer: LineConsumer;
  readonly files: FollowedFiles;
  readonly ledger: PositionLedger;
  readonly limits: ReadLimits;
  /** How long a file without a matching name is still read after its last growth, milliseconds. */
  readonly rotatedGrace: number;
  readonly logger: Logger;
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** Brings what is in the open files to the consumer. */
export interface Delivery {
  /** Delivers one slice of a file; true when there is more. */
  advance(file: TailedFile): Promise<boolean>;
  /** Closes what has had no matching name for a while; its last line may lack its end. */
  closeForgotten(): Promise<void>;
}

function fileKeyOf({ identity, position }: TailedFile): string {
  return `${identityKey(identity)}:${position.generation}`;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { consumer, files, ledger, limits, logger, wall, monotonic } = options;

  /** The position that a restart goes on from: the consumer's own, or the end of what it took. */
  async function deliver(
    file: TailedFile,
    { lines, position: end, positionAt }: Pick<Slice, 'lines' | 'position' | 'positionAt'>,
  ): Promise<Position> {
    if (lines.length === 0) return end;
    const { device, inode } = file.identity;
    const { path } = file;
    let restart = end;
    const batch: LineBatch = {
      ...{ path, lines, end, positionAt },
      fileKey: fileKeyOf(file),
      restartFrom: (position) => {
        restart = position;
        return { ...position, path, device, inode, seen: wall() };
      },
    };
    await consumer.onLines(batch);
    return restart;
  }

  async function beginAnew(file: TailedFile): Promise<void> {
    await consumer.onEnd?.(fileKeyOf(file));
    files.noteCut(file);
    const { path, position } = file;
    logger.info({ path, offset: position.offset }, 'log file was cut, reading from its start');
  }

  return {
    advance: async (file) => {
      let slice;
      try {
        slice = await readSlice(file, limits);
      } catch (error) {
        await files.fail(file, error);
        return false;
      }
      if (slice.restarted) await beginAnew(file);
      const kept = await deliver(file, slice);
      const moved = slice.position.offset !== file.position.offset;
      if (moved && file.unnamedSince !== undefined) file.unnamedSince = monotonic();
      file.position = slice.position;
      file.ended = slice.ended;
      // Without progress the file system promises bytes that it does not give: the next pass tries again.
      const more = slice.ended === undefined && (moved || slice.restarted);
      file.backlog = more ? slice.backlog : 0;
      if (moved) ledger.set(file.identity, file.path, kept, wall());
      return more;
    },
    closeForgotten: async () => {
      for (const file of files.all()) {
        const since = file.unnamedSince;
        if (since === undefined || file.ended === undefined) continue;
        if (monotonic() - since < options.rotatedGrace) continue;
        const line = await readUnfinishedLine(file, limits);
        const position = file.position;
        if (line !== undefined) await deliver(file, { lines: [line], position, positionAt: () => position });
        await consumer.onEnd?.(fileKeyOf(file));
        await files.close(file);
        logger.info({ path: file.path }, 'rotated log file is closed');
      }
    },
  };
}
