import { type RefObject, useCallback, useRef, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The inner size of an element in pixels: known before the first paint where the element has one, kept up to date, and
 * undefined until then; `ref` goes onto the element.
 */
export function useSize(): {
  readonly ref: (element: Element | null) => void;
  readonly size: Size | undefined;
} {
  const [size, setSize] = useState<Size>();
  const keep = useCallback(({ width, height }: Size): void => {
    const next = { width: Math.floor(width), height: Math.floor(height) };
    setSize((before) => (before?.width === next.width && before.height === next.height ? before : next));
  }, []);
  const [observer] = useState(
    () =>
      new ResizeObserver((entries) => entries.slice(0, 1).forEach(({ contentRect }) => keep(contentRect))),
  );
  const ref = useCallback(
    (element: Element | null) => {
      observer.disconnect();
      if (element === null) return;
      observer.observe(element);
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) keep({ width, height });
    },
    [observer, keep],
  );
  return { ref, size };
}

const NO_ROOM: Size = { width: 0, height: 0 };

/** An element that is measured and also wanted by itself: `set` goes onto it, and its size is 0 × 0 until it is there. */
export function useMeasuredBox(): {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly set: (element: HTMLDivElement | null) => void;
  readonly size: Size;
} {
  const box = useRef<HTMLDivElement | null>(null);
  const { ref: measure, size = NO_ROOM } = useSize();
  const set = useCallback(
    (element: HTMLDivElement | null) => {
      box.current = element;
      measure(element);
    },
    [measure],
  );
  return { box, set, size };
}
