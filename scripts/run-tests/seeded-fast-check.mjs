// What `import fc from 'fast-check'` means in tests: the same draws in every run, so that a suite is red for a reason alone.
// FAST_CHECK_SEED tries others.
import fc from '../../node_modules/fast-check/lib/fast-check.js';

const SEED = 20_261_130;

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? SEED) });

export * from '../../node_modules/fast-check/lib/fast-check.js';
export default fc;
