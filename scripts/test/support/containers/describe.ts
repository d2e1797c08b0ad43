import { describe } from '@jest/globals';
import { describeWith } from '../../../../exporter/test/support/require.ts';
import { findExecutable } from '../../../../exporter/test/support/server.ts';
import { ENGINE, engineProblem } from './engine.ts';
import { SERVERS } from './stand-ins.ts';

/** `describeWith`, for a suite that runs containers: skipped with the reason where the engine is there and cannot. */
export function describeWithEngine(name: string, body: () => void): void {
  const requirements = [...ENGINE, ...SERVERS];
  const isThere = requirements.every(({ names, folders }) => findExecutable(names, folders) !== undefined);
  const problem = isThere ? engineProblem() : undefined;
  if (problem === undefined) describeWith(requirements, name, body);
  else describe.skip(`${name} [skipped: ${problem}]`, body);
}
