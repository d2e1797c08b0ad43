import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { DeviceList } from '../a11y/DeviceList';
import { moveByKey } from '../a11y/keys';
import type { DeviceSet } from '../data/device';
import { forceTheme } from '../../../kit/canvas/forced-colors';
import { forceColors } from '../draw/forced-colors';
import { hasText } from '../draw/labels';
import { createPainter, type Scene } from '../draw/painter';
import { tileAt, tileBox } from '../layout/tiles';
import type { DeviceStatusOptions } from '../options/options';
import { DeviceTooltip } from '../tooltip/DeviceTooltip';
import { type Ask, AskAction } from '../../../kit/targets/AskAction';
import { followLink } from '../../../kit/targets/device-links';
import type { Targets } from '../../../kit/targets/targets';
import { TileLink } from './TileLink';
import { PrintList } from './PrintList';
import { useLayout } from './useLayout';
import { useMedia, usePixelRatio } from '../../../kit/canvas/useMedia';
import { usePainter } from '../../../kit/canvas/usePainter';
import { useSelection } from './useSelection';
import { useMeasuredBox } from '../../../kit/list/useSize';

interface Props {
  readonly set: DeviceSet;
  readonly options: DeviceStatusOptions;
  readonly timeZone: string;
  readonly now: number;
  /** Where a device leads to. */
  readonly targetsOf: (index: number) => Targets;
}

/** The picture of the devices with all that pointer and keyboard do on it. */
export function DeviceGrid({ set, options, timeZone, now, targetsOf }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const frameRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLUListElement>(null);
  const { box: boxRef, set: setBox, size } = useMeasuredBox();
  const [scrollTop, setScrollTop] = useState(0);
  const [hovered, setHovered] = useSelection(set);
  const [active, setActive] = useSelection(set);
  const [hasFocus, setHasFocus] = useState(false);
  const [pinned, setPinned] = useSelection(set);
  const [asked, setAsked] = useState<Ask>();
  const isTouch = useRef(false);
  const ratio = usePixelRatio();
  const isForced = useMedia('(forced-colors: active)');
  const isPrinted = useMedia('print');
  const hasHeadings = options.showHeadings && options.groupBy !== '';
  const layout = useLayout(set, size, options, hasHeadings);
  const texts = useMemo(
    () => ({
      unnamed: t('devicestatus.device.unnamed', '(no name)'),
      ungrouped: t('devicestatus.group.none', '(no group)'),
    }),
    [],
  );
  const clock = hasText(layout) ? now : 0;
  const top = Math.min(scrollTop, Math.max(0, layout.height - size.height));
  const drawn = useMemo(() => (isForced ? forceColors(set) : set), [isForced, set]);
  const paint = useMemo(() => (isForced ? forceTheme(theme) : theme), [isForced, theme]);
  const scene = useMemo<Scene>(
    () => ({
      set: drawn,
      layout,
      theme: paint,
      width: size.width,
      height: size.height,
      scrollTop: top,
      ratio,
      hasHeadings,
      now: clock,
      texts,
    }),
    [drawn, layout, paint, size, top, ratio, hasHeadings, clock, texts],
  );
  usePainter(canvasRef, scene, createPainter);

  const indexAt = (event: MouseEvent) => {
    const bounds = boxRef.current?.getBoundingClientRect();
    if (bounds === undefined) return -1;
    return tileAt(layout, event.clientX - bounds.left, event.clientY - bounds.top + top);
  };
  const reveal = useCallback(
    (index: number) => {
      const tile = tileBox(layout, index);
      const box = boxRef.current;
      if (tile === undefined || box === null) return;
      if (tile.y < box.scrollTop) box.scrollTop = Math.max(0, tile.y - 32);
      else if (tile.y + tile.height > box.scrollTop + size.height) {
        box.scrollTop = tile.y + tile.height - size.height + 8;
      }
    },
    [boxRef, layout, size.height],
  );
  const close = useCallback(() => {
    setPinned(-1);
    listRef.current?.focus({ preventScroll: true });
  }, [setPinned]);
  const open = (index: number) => {
    const { link, action, links, actions } = targetsOf(index);
    if (link !== undefined && frameRef.current !== null) followLink(link, frameRef.current);
    else if (action !== undefined) setAsked({ action });
    else if (links.length + actions.length > 0) setPinned(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (pinned >= 0) setPinned(-1);
      else listRef.current?.blur();
    } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) {
      event.preventDefault();
      open(active);
    } else {
      const next = moveByKey(event.key, layout, active, set.devices.length);
      if (next === undefined) return;
      event.preventDefault();
      setActive(next);
      reveal(next);
    }
  };

  const shown = pinned >= 0 ? pinned : hovered >= 0 ? hovered : hasFocus ? active : -1;
  const device = set.devices[shown];
  const tile = device === undefined ? undefined : tileBox(layout, shown);
  const bounds = tile === undefined ? undefined : boxRef.current?.getBoundingClientRect();
  const ring = hasFocus && active >= 0 ? tileBox(layout, active) : undefined;
  const hoveredTile = hovered >= 0 ? tileBox(layout, hovered) : undefined;

  return (
    <>
      {isPrinted && <PrintList set={set} />}
      <div ref={frameRef} className={styles.frame}>
        <div
          ref={setBox}
          className={styles.box}
          data-testid="device-grid"
          onScroll={(event) => {
            setScrollTop(event.currentTarget.scrollTop);
            // What the pointer was at has moved away below it.
            setHovered(-1);
          }}
          onPointerDown={({ pointerType }) => {
            isTouch.current = pointerType === 'touch';
          }}
          onPointerMove={(event) => {
            if (event.pointerType === 'touch') return;
            const index = indexAt(event);
            if (index !== hovered) setHovered(index);
          }}
          onPointerLeave={() => setHovered(-1)}
          onClick={(event) => {
            // A finger does not hover: a tap shows what the pointer would, with the links to go on.
            if (isTouch.current) setPinned(indexAt(event));
          }}
        >
          <canvas ref={canvasRef} className={styles.canvas} style={size} aria-hidden="true" />
          <div style={{ height: Math.max(0, layout.height - size.height) }} />
          {hoveredTile !== undefined && (
            <TileLink
              box={hoveredTile}
              kind={layout.kind}
              link={targetsOf(hovered).link}
              isClickable={targetsOf(hovered).links.length + targetsOf(hovered).actions.length > 0}
              onClick={() => open(hovered)}
            />
          )}
          {ring !== undefined && (
            <div
              className={styles.ring}
              style={{ left: ring.x, top: ring.y, width: ring.width, height: ring.height }}
            />
          )}
          <DeviceList
            set={set}
            active={active}
            now={now}
            listRef={listRef}
            onKeyDown={onKeyDown}
            onFocus={() => {
              setHasFocus(true);
              if (active < 0) setActive(0);
            }}
            onBlur={() => setHasFocus(false)}
          />
        </div>
        {device !== undefined &&
          tile !== undefined &&
          bounds !== undefined &&
          (options.showTooltip || pinned >= 0) && (
            <DeviceTooltip
              device={device}
              tile={{ ...tile, x: bounds.left + tile.x, y: bounds.top + tile.y - top }}
              timeZone={timeZone}
              now={now}
              {...(pinned >= 0 ? { choice: targetsOf(pinned) } : {})}
              onAsk={(action) => setAsked({ action })}
              onClose={close}
            />
          )}
        {asked !== undefined && (
          <AskAction
            action={asked.action}
            onClose={() => {
              setAsked(undefined);
              setPinned(-1);
            }}
          />
        )}
      </div>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', flex: 1, minHeight: 0, '@media print': { display: 'none' } }),
  box: css({ position: 'absolute', inset: 0, overflowX: 'hidden', overflowY: 'auto' }),
  canvas: css({ position: 'sticky', top: 0, display: 'block' }),
  ring: css({
    position: 'absolute',
    border: `2px solid ${theme.colors.primary.main}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: `0 0 0 2px ${theme.colors.background.primary}, 0 0 0 4px ${theme.colors.primary.main}`,
    pointerEvents: 'none',
  }),
});
