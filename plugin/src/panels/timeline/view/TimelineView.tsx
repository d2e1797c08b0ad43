import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useRef, useState } from 'react';
import { forceCategory, forceTheme } from '../../../kit/canvas/forced-colors';
import { useMedia, usePixelRatio } from '../../../kit/canvas/useMedia';
import { usePainter } from '../../../kit/canvas/usePainter';
import { useMeasuredBox } from '../../../kit/list/useSize';
import { type Ask, AskAction } from '../../../kit/targets/AskAction';
import { clickOf, followLink } from '../../../kit/targets/device-links';
import type { Targets } from '../../../kit/targets/targets';
import type { Order } from '../data/arrange';
import { type Mark, marksAt } from '../data/marks';
import type { Span, TimelineRow, TimelineSet } from '../data/row';
import { HEAD_HEIGHT, rowTop } from '../draw/layout';
import { createPainter, type Scene } from '../draw/painter';
import { ticksOf } from '../draw/ticks';
import type { TimelineOptions } from '../options/options';
import { Overlay } from './Overlay';
import { RowList } from './RowList';
import { SortHead } from './SortHead';
import { type Spot, type Stretch, stretchAt } from './spot';
import { TimelineTooltip } from './TimelineTooltip';
import { useCrosshair } from './useCrosshair';
import { useKeys } from './useKeys';
import { useLayout } from './useLayout';
import { usePointer } from './usePointer';
import { wordsOf } from './words';

interface Props {
  readonly set: TimelineSet;
  readonly options: TimelineOptions;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  readonly timeZone: string;
  readonly marks: readonly Mark[];
  readonly isTransparent: boolean;
  /** Where a row leads to, at one of its states; the newest without. */
  readonly targetsOf: (row: TimelineRow, sample?: number) => Targets;
  readonly onZoom: (span: Span) => void;
}

/** So near to an annotation the pointer is at it, pixels. */
const NEAR = 4;

/** The picture of the rows with all that pointer and keyboard do on it. */
export function TimelineView(props: Props) {
  const { set, options, order, onOrder, timeZone, marks, isTransparent, targetsOf, onZoom } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const frameRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLUListElement>(null);
  const { box: boxRef, set: setBox, size } = useMeasuredBox();
  const [scrolled, setScrolled] = useState(0);
  const [hasFocus, setHasFocus] = useState(false);
  const [pinned, setPinned] = useState<Spot>();
  const [asked, setAsked] = useState<Ask>();
  const ratio = usePixelRatio();
  const isForced = useMedia('(forced-colors: active)');
  const hasHeadings = options.showHeadings && options.groupBy !== '';
  const { rowHeight, showSummary: hasSummary } = options;
  const layout = useLayout({ set, theme, width: size.width, rowHeight, hasHeadings, hasSummary });
  const scrollTop = Math.min(scrolled, Math.max(0, layout.height + HEAD_HEIGHT - size.height));
  const { range } = set;
  const ticks = useMemo(
    () => ticksOf(range, layout.trackWidth, timeZone),
    [range, layout.trackWidth, timeZone],
  );
  const texts = useMemo(
    () => ({
      unnamed: t('timeline.row.unnamed', '(no name)'),
      ungrouped: t('timeline.group.none', '(no group)'),
    }),
    [],
  );
  const drawn = useMemo(
    () => (isForced ? { ...set, categories: set.categories.map(forceCategory) } : set),
    [isForced, set],
  );
  const paint = useMemo(() => (isForced ? forceTheme(theme) : theme), [isForced, theme]);
  const { background } = theme.colors;
  const below = isForced ? 'Canvas' : isTransparent ? background.canvas : background.primary;
  const cells = useMemo(() => ({ timeZone, end: range.to }), [timeZone, range.to]);
  const scene = useMemo<Scene>(
    () => ({
      set: drawn,
      layout,
      theme: paint,
      background: below,
      width: size.width,
      height: size.height,
      scrollTop,
      ratio,
      ticks,
      marks,
      hasHeadings,
      cells,
      texts,
    }),
    [drawn, layout, paint, below, size, scrollTop, ratio, ticks, marks, hasHeadings, cells, texts],
  );
  usePainter(canvasRef, scene, createPainter);

  const crosshair = useCrosshair();
  const places = useMemo(() => new Map(set.rows.map(({ key }, index) => [key, index])), [set]);
  const rowOf = (spot: Spot | undefined): TimelineRow | undefined =>
    spot === undefined ? undefined : set.rows[places.get(spot.key) ?? -1];
  const stretchOf = (spot: Spot | undefined): Stretch | undefined => {
    const row = rowOf(spot);
    return row === undefined || spot === undefined ? undefined : stretchAt(set, row, spot.time);
  };
  const targetsAt = ({ row, index }: Stretch) => targetsOf(row, row.track.samples[index]);
  const open = (spot: Spot): void => {
    const stretch = stretchOf(spot);
    if (stretch === undefined) return;
    const { link, action } = targetsAt(stretch);
    if (link?.oneClick === true && frameRef.current !== null) followLink(link, frameRef.current);
    else if (action !== undefined) setAsked({ action });
    else setPinned(spot);
  };
  const zoom = ({ from, to }: Span): void => onZoom({ from: Math.round(from), to: Math.round(to) });
  const reveal = (index: number): void => {
    const top = rowTop(layout, index);
    const box = boxRef.current;
    if (top === undefined || box === null) return;
    const room = size.height - HEAD_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = Math.max(0, top - rowHeight);
    else if (top + rowHeight > box.scrollTop + room) box.scrollTop = top + rowHeight - room;
  };
  const { hover, brush, handlers } = usePointer({
    boxRef,
    set,
    layout,
    scrollTop,
    onZoom: zoom,
    onPick: open,
    onPoint: crosshair.point,
  });
  const keys = useKeys({
    set,
    onOpen: open,
    onZoom: zoom,
    onReveal: reveal,
    onLeave: () => {
      if (pinned === undefined) listRef.current?.blur();
      else setPinned(undefined);
    },
  });
  const close = useCallback(() => {
    setPinned(undefined);
    listRef.current?.focus({ preventScroll: true });
  }, []);

  const xOf = (time: number): number =>
    layout.trackX + ((time - range.from) / (range.to - range.from)) * layout.trackWidth;
  const yOf = (row: TimelineRow): number =>
    HEAD_HEIGHT + (rowTop(layout, places.get(row.key) ?? -1) ?? 0) - scrollTop;
  const shown = pinned ?? hover.spot ?? (hasFocus ? keys.spot : undefined);
  const stretch = brush === undefined ? stretchOf(shown) : undefined;
  const line = hover.spot?.time ?? crosshair.time;
  const bounds = stretch === undefined ? undefined : boxRef.current?.getBoundingClientRect();
  const named = set.rows[hover.named];
  const namedLink = named === undefined ? undefined : targetsOf(named).link;
  const keyStretch = hasFocus ? stretchOf(keys.spot) : undefined;
  const spokenWords = keyStretch === undefined ? undefined : wordsOf(set, keyStretch, timeZone);
  const spoken =
    spokenWords === undefined
      ? ''
      : `${spokenWords.state}, ${spokenWords.from} – ${spokenWords.to}, ${spokenWords.duration}`;
  const near = (NEAR / Math.max(1, layout.trackWidth)) * (range.to - range.from);

  return (
    <div ref={frameRef} className={styles.frame}>
      <div
        ref={setBox}
        className={styles.box}
        data-testid="timeline"
        onScroll={(event) => {
          setScrolled(event.currentTarget.scrollTop);
          // What the pointer was at has moved away below it.
          handlers.onPointerLeave();
        }}
        {...handlers}
      >
        <canvas ref={canvasRef} className={styles.canvas} style={size} aria-hidden="true" />
        <div style={{ height: Math.max(0, layout.height + HEAD_HEIGHT - size.height) }} />
        {named !== undefined && namedLink !== undefined && (
          <a
            className={styles.name}
            style={{ top: yOf(named) + scrollTop, width: layout.nameWidth, height: rowHeight }}
            href={namedLink.href}
            target={namedLink.target}
            rel={namedLink.target === '_blank' ? 'noreferrer' : undefined}
            title={named.name}
            tabIndex={-1}
            aria-hidden="true"
            data-testid="name-link"
            onClick={clickOf(namedLink)}
          />
        )}
        <RowList
          set={set}
          active={keys.active}
          spoken={spoken}
          listRef={listRef}
          onKeyDown={keys.onKeyDown}
          onFocus={() => {
            setHasFocus(true);
            keys.enter();
          }}
          onBlur={() => setHasFocus(false)}
        />
      </div>
      <SortHead layout={layout} order={order} onOrder={onOrder} />
      <Overlay
        size={size}
        line={line !== undefined && line >= range.from && line <= range.to ? xOf(line) : undefined}
        brush={
          brush === undefined ? undefined : { x: xOf(brush.from), width: xOf(brush.to) - xOf(brush.from) }
        }
        ring={
          stretch === undefined
            ? undefined
            : {
                x: xOf(stretch.from),
                y: yOf(stretch.row),
                width: Math.max(3, xOf(stretch.to) - xOf(stretch.from)),
                height: rowHeight,
              }
        }
        isFocus={hasFocus && hover.spot === undefined}
      />
      {stretch !== undefined &&
        shown !== undefined &&
        bounds !== undefined &&
        (options.showTooltip || pinned !== undefined) && (
          <TimelineTooltip
            set={set}
            stretch={stretch}
            place={{
              x: bounds.left + xOf(shown.time),
              y: bounds.top + yOf(stretch.row),
              width: 1,
              height: rowHeight,
            }}
            marks={marksAt(marks, shown.time, near)}
            timeZone={timeZone}
            choice={pinned === undefined ? undefined : targetsAt(stretch)}
            onAsk={(action) => setAsked({ action })}
            onClose={close}
          />
        )}
      {asked !== undefined && (
        <AskAction
          action={asked.action}
          onClose={() => {
            setAsked(undefined);
            setPinned(undefined);
          }}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', flex: 1, minHeight: 0, '@media print': { display: 'none' } }),
  box: css({
    position: 'absolute',
    inset: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
    userSelect: 'none',
    cursor: 'crosshair',
    // A finger that moves sideways drags a span of time, one that moves up or down scrolls.
    touchAction: 'pan-y',
  }),
  canvas: css({ position: 'sticky', top: 0, display: 'block' }),
  name: css({
    position: 'absolute',
    left: 0,
    cursor: 'pointer',
    background: theme.colors.action.hover,
    borderRadius: theme.shape.radius.default,
  }),
});
