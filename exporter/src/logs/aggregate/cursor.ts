/** A place among the lines. */
export interface LinePlace {
  /** The run of the exporter whose sequence numbers these are. */
  readonly run: string;
  readonly sequence: number;
  /** Milliseconds since the epoch: of the line in a list, of its reading in a tail. */
  readonly at: number;
}

const SHAPE = /^([\da-z]{1,16})_([\da-z]{1,12})_(-?\d{1,16}(?:\.\d{1,20})?)$/;

/** A place as text that goes into a URL as it is. */
export function encodePlace({ run, sequence, at }: LinePlace): string {
  return `${run}_${sequence.toString(36)}_${at}`;
}

/** The place of a text; undefined when it is none. */
export function decodePlace(text: string): LinePlace | undefined {
  const [, run, sequence, at] = SHAPE.exec(text) ?? [];
  if (run === undefined || sequence === undefined || at === undefined) return undefined;
  return { run, sequence: parseInt(sequence, 36), at: Number(at) };
}
