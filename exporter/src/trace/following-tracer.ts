import type { Tracer } from './tracer.ts';

/** A tracer for who outlives tracers: each call goes to the one that there is now. */
export function followingTracer(current: () => Tracer): Tracer {
  return {
    get enabled() {
      return current().enabled;
    },
    start: (name, options) => current().start(name, options),
    span: (name, options, work) => current().span(name, options, work),
    within: (span, work) => current().within(span, work),
    outside: (work) => current().outside(work),
    active: () => current().active(),
  };
}
