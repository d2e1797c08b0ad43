import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { Span, TimelineSet } from '../data/row';
import { HEAD_HEIGHT, type Layout, rowAt } from '../draw/layout';
import type { Spot } from './spot';

/** A drag shorter than this is a click, pixels. */
const LEAST_DRAG = 6;

interface Input {
  readonly boxRef: RefObject<HTMLDivElement | null>;
  readonly set: TimelineSet;
  readonly layout: Layout;
  readonly scrollTop: number;
  readonly onZoom: (span: Span) => void;
  /** A click, or a tap, on a state or a gap. */
  readonly onPick: (spot: Spot) => void;
  readonly onPoint: (time: number | undefined) => void;
}

/** What the pointer is at. */
export interface Hover {
  readonly spot: Spot | undefined;
  /** Row whose name the pointer is at; -1 for none. */
  readonly named: number;
}

const NOWHERE: Hover = { spot: undefined, named: -1 };

/** What the pointer does on the picture: it points, picks, and drags a span of time to zoom into. */
export function usePointer({ boxRef, set, layout, scrollTop, onZoom, onPick, onPoint }: Input) {
  const [hover, setHover] = useState<Hover>(NOWHERE);
  const [brush, setBrush] = useState<Span>();
  const start = useRef<{ readonly x: number; readonly time: number } | undefined>(undefined);
  const { from, to } = set.range;

  const placeOf = ({ clientX, clientY }: PointerEvent) => {
    const bounds = boxRef.current?.getBoundingClientRect();
    const x = clientX - (bounds?.left ?? 0);
    const share = layout.trackWidth === 0 ? 0 : (x - layout.trackX) / layout.trackWidth;
    const y = clientY - (bounds?.top ?? 0) - HEAD_HEIGHT;
    const time = from + Math.min(1, Math.max(0, share)) * (to - from);
    const index = y < 0 ? -1 : rowAt(layout, y + scrollTop);
    return { x, time, index, isInTrack: share >= 0 && share < 1 };
  };
  const spotOf = (event: PointerEvent): Spot | undefined => {
    const { index, time, isInTrack } = placeOf(event);
    const row = set.rows[index];
    return row === undefined || !isInTrack ? undefined : { key: row.key, time: Math.min(time, to - 1) };
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      const { x, time, isInTrack } = placeOf(event);
      if (event.button !== 0 || !isInTrack) return;
      start.current = { x, time };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const { x, time, index } = placeOf(event);
      const began = start.current;
      if (began !== undefined && Math.abs(x - began.x) >= LEAST_DRAG) {
        setBrush({ from: Math.min(began.time, time), to: Math.max(began.time, time) });
      }
      if (event.pointerType === 'touch') return;
      const spot = spotOf(event);
      const named = spot === undefined && x >= 0 && x < layout.trackX ? index : -1;
      setHover((before) =>
        before.spot?.key === spot?.key && before.spot?.time === spot?.time && before.named === named
          ? before
          : { spot, named },
      );
      onPoint(spot === undefined ? undefined : time);
    },
    onPointerUp: (event: PointerEvent) => {
      const spot = spotOf(event);
      if (brush !== undefined) onZoom(brush);
      // A finger does not hover: a tap shows what the pointer would, with the links to go on.
      else if (spot !== undefined && start.current !== undefined) onPick(spot);
      start.current = undefined;
      setBrush(undefined);
    },
    onPointerCancel: () => {
      start.current = undefined;
      setBrush(undefined);
    },
    onPointerLeave: () => {
      setHover(NOWHERE);
      onPoint(undefined);
    },
  };
  return { hover, brush, handlers };
}
