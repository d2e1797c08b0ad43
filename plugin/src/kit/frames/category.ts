import type { Status } from './status';

/** A class of values that share sign, colour and name: one entry of the legend. */
export interface Category {
  /** Same text, colour and status give the same key. */
  readonly key: string;
  readonly label: string;
  /** A colour that canvas understands, from the field's options or the theme. */
  readonly color: string;
  readonly status: Status;
  /** Order among categories of one status, the lowest first. */
  readonly rank: number;
  /** Whether the colour alone tells the value, as in continuous schemes: such tiles are filled with it. */
  readonly isScheme?: boolean;
  /** The entry of the legend that tiles of a scheme share. */
  readonly entry?: Category;
}

export interface CategoryCount {
  readonly category: Category;
  readonly count: number;
}
