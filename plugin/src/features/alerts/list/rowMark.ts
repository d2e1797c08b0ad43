import type { Refusal } from '../data/actions';

/** What somebody wants of an alert. */
export type AlertAction = 'acknowledge' | 'takeOver' | 'resolve' | 'silence' | 'expire';

/** Something about a row that is not known of the alert itself: an action under way, or one that was refused. */
export type RowMark =
  | { readonly kind: 'sending'; readonly action: AlertAction }
  | { readonly kind: 'refused'; readonly action: AlertAction; readonly refusal: Refusal };
