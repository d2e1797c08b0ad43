import { useCallback, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an element in pixels, undefined until it is measured; `ref` goes onto the element. */
export function useSize(): {
  readonly ref: (element: Element | null) => void;
  readonly size: Size | undefined;
} {
  const [size, setSize] = useState<Size>();
  const [observer] = useState(
    () =>
      new ResizeObserver((entries) => {
        const box = entries[0]?.contentRect;
        if (box === undefined) return;
        const next = { width: Math.floor(box.width), height: Math.floor(box.height) };
        setSize((before) => (before?.width === next.width && before.height === next.height ? before : next));
      }),
  );
  const ref = useCallback(
    (element: Element | null) => {
      observer.disconnect();
      if (element !== null) observer.observe(element);
    },
    [observer],
  );
  return { ref, size };
}
