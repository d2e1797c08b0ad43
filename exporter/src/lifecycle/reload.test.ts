import { expect, it } from '@jest/globals';
import { recordingLogger, recordingMetrics } from '../../test/support/recording.ts';
import { CONFIG_RELOAD_SUCCESS } from '../metrics/catalogue/collection.ts';
import { createReloads, type ReloadOptions } from './reload.ts';

function begin(options: Pick<ReloadOptions, 'takeOver' | 'afterwards'>) {
  const metrics = recordingMetrics();
  const logger = recordingLogger();
  const reloads = createReloads({ metrics, logger, ...options });
  return { ...reloads, lines: logger.lines, successful: () => metrics.gauge(CONFIG_RELOAD_SUCCESS) };
}

it('takes settings over one after another, also after a failure', async () => {
  const steps: string[] = [];
  const finish: ((failed: boolean) => void)[] = [];
  const { reload, settled, lines, successful } = begin({
    takeOver: async () => {
      steps.push('begin');
      const failed = await new Promise<boolean>((resolve) => finish.push(resolve));
      steps.push(failed ? 'fail' : 'end');
      if (failed) throw new Error('port 70000 does not exist');
    },
  });
  const first = reload();
  const second = reload();
  await Promise.resolve();
  expect(steps).toEqual(['begin']);

  finish[0]?.(true);
  await expect(first).rejects.toThrow('port 70000 does not exist');
  expect(steps).toEqual(['begin', 'fail', 'begin']);
  expect(successful()).toBe(0);
  expect(lines).toEqual([
    'error settings not reloaded: the old ones stay {"error":"port 70000 does not exist"}',
  ]);

  finish[1]?.(false);
  await second;
  await settled();
  expect(steps).toEqual(['begin', 'fail', 'begin', 'end']);
  expect(successful()).toBe(1);
  expect(lines.at(-1)).toBe('info settings reloaded {"audit":true}');
});

it('is settled before what is done afterwards, whose failure fails the reload', async () => {
  let give: (error: Error) => void = () => undefined;
  const { reload, settled, successful } = begin({
    takeOver: () => Promise.resolve(),
    afterwards: () => new Promise((_resolve, reject) => (give = reject)),
  });
  const turn = reload();
  await settled();
  expect(successful()).toBeUndefined();

  give(new Error('the certificate is gone'));
  await expect(turn).rejects.toThrow('the certificate is gone');
  expect(successful()).toBe(0);
});
