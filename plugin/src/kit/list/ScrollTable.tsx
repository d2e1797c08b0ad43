import type { CSSProperties, KeyboardEvent, ReactNode, Ref } from 'react';

interface Props {
  /** What the table is called. */
  readonly label: string;
  /** Rows of the whole table, its head not counted. */
  readonly count: number;
  readonly head: ReactNode;
  /** Room of the rows that are not drawn, above and below those that are, pixels. */
  readonly above: number;
  readonly below: number;
  /** How far it is scrolled, pixels. */
  readonly onScroll: (top: number) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** The box that scrolls. */
  readonly boxRef?: Ref<HTMLDivElement>;
  readonly className: string;
  readonly style?: CSSProperties;
  readonly tableClassName?: string;
  readonly tableStyle?: CSSProperties;
  /** The rows in sight, `role="row"` each with its `aria-rowindex`: the head is the first row. */
  readonly children: ReactNode;
}

/** A table that scrolls by itself and of which only the rows in sight are drawn. */
export function ScrollTable({ label, count, head, above, below, onScroll, children, ...rest }: Props) {
  return (
    <div
      ref={rest.boxRef}
      className={rest.className}
      style={rest.style}
      // A scrolling box must be reachable with the keyboard.
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollTop)}
      onKeyDown={rest.onKeyDown}
    >
      <div
        role="table"
        aria-label={label}
        aria-rowcount={count + 1}
        className={rest.tableClassName}
        style={rest.tableStyle}
      >
        {head}
        <div role="rowgroup" style={{ paddingTop: above, paddingBottom: below }}>
          {children}
        </div>
      </div>
    </div>
  );
}
