import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Draws scenes on one canvas. */
export interface PainterOf<Scene> {
  readonly paint: (scene: Scene) => unknown;
}

/** Keeps the canvas showing the scene; draws before the browser does, so that nothing flickers. */
export function usePainter<Scene extends { readonly width: number; readonly height: number }>(
  ref: RefObject<HTMLCanvasElement | null>,
  scene: Scene,
  create: (canvas: HTMLCanvasElement) => PainterOf<Scene>,
): void {
  const painter = useRef<PainterOf<Scene>>(undefined);
  const painted = useRef<HTMLCanvasElement>(undefined);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null || scene.width === 0 || scene.height === 0) return;
    if (painted.current !== canvas) {
      painter.current = create(canvas);
      painted.current = canvas;
    }
    painter.current?.paint(scene);
  }, [ref, scene, create]);
}
