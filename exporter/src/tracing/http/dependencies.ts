import type { TraceAnswers } from '../answers.ts';

/** What the routes of the traces are made from. */
export interface TraceRouteDependencies {
  /** What is known of traces; a reload replaces it. Undefined while tracing is off and no Jaeger is configured. */
  readonly answers: () => TraceAnswers | undefined;
}
