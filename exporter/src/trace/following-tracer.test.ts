import { expect, it } from '@jest/globals';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { followingTracer } from './following-tracer.ts';
import { NO_TRACER, type Tracer } from './tracer.ts';

it('goes with the tracer that there is now', () => {
  const [first, second] = [recordingTracer(), recordingTracer()];
  let current: Tracer = NO_TRACER;
  const tracer = followingTracer(() => current);
  expect(tracer.enabled).toBe(false);
  current = first;
  expect(tracer.enabled).toBe(true);
  const begun = tracer.start('begun');
  current = second;
  tracer.span('work', {}, () => expect(tracer.active()).toBeDefined());
  tracer.within(begun, () => tracer.outside(() => expect(tracer.active()).toBeUndefined()));
  begun.end();
  expect(first.spans.map(({ name }) => name)).toEqual(['begun']);
  expect(second.spans.map(({ name }) => name)).toEqual(['work']);
});
