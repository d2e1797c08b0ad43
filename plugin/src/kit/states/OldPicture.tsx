import { css, cx } from '@emotion/css';
import type { ReactNode } from 'react';

const faded = css({ filter: 'grayscale(1)', opacity: 0.65 });
const plain = css({ minWidth: 0 });
const filling = css({ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 });

interface Props {
  readonly old: boolean;
  /** True where it takes the height that is left over. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

/** What is shown although it is old: greyed, never taken away. The notice above says how old. */
export function OldPicture({ old, fill = false, children }: Props) {
  return <div className={cx(plain, old && faded, fill && filling)}>{children}</div>;
}
