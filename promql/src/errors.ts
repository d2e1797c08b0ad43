/** An expression that cannot be used, at load: what is wrong and where in its text. */
export class ExpressionError extends Error {
  /** Offset in the expression, from 0. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'ExpressionError';
    this.at = at;
  }
}

/** An expression that cannot be evaluated with the series that there are, e.g. because of a many-to-many match. */
export class EvaluationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EvaluationError';
  }
}
