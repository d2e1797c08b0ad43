import { type RefObject, useLayoutEffect, useRef } from 'react';
import { createPainter, type Painter, type Scene } from '../draw/painter';

/** Keeps the canvas showing the scene; draws before the browser does, so that nothing flickers. */
export function usePainter(ref: RefObject<HTMLCanvasElement | null>, scene: Scene): void {
  const painter = useRef<Painter>(undefined);
  const painted = useRef<HTMLCanvasElement>(undefined);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null || scene.width === 0 || scene.height === 0) return;
    if (painted.current !== canvas) {
      painter.current = createPainter(canvas);
      painted.current = canvas;
    }
    painter.current?.paint(scene);
  }, [ref, scene]);
}
