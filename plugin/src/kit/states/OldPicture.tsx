import { css, cx } from '@emotion/css';
import type { ReactNode } from 'react';

const faded = css({ filter: 'grayscale(1)', opacity: 0.65 });
const plain = css({ minWidth: 0 });

/** What is shown although it is old: greyed, never taken away. The notice above says how old. */
export function OldPicture({ old, children }: { readonly old: boolean; readonly children: ReactNode }) {
  return <div className={cx(plain, old && faded)}>{children}</div>;
}
