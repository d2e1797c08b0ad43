import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, Portal, useStyles2 } from '@grafana/ui';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Box, placeTooltip, type Point } from './place';

interface Props {
  /** What the box speaks of, in the screen's coordinates. */
  readonly place: Box;
  /** Name of the box once it stays. */
  readonly label: string;
  /** Whether the box stays until it is closed; one that is only looked at lets the pointer through. */
  readonly isPinned: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A tooltip of a panel: beside what it speaks of, wholly on the screen, closed by Escape and a press outside. */
export function FloatingBox({ place, label, isPinned, onClose, children }: Props) {
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLDivElement>(null);
  const [corner, setCorner] = useState<Point>({ left: 0, top: 0 });
  const { x, y, width, height } = place;
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const screen = { width: window.innerWidth, height: window.innerHeight };
    setCorner((before) => {
      const next = placeTooltip({ x, y, width, height }, size, screen);
      return before.left === next.left && before.top === next.top ? before : next;
    });
  }, [children, x, y, width, height]);
  // Escape and a press outside close what was pinned, wherever the focus is.
  useEffect(() => {
    if (!isPinned) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && ref.current?.contains(target) === false) onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('pointerdown', onPointerDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('pointerdown', onPointerDown);
    };
  }, [isPinned, onClose]);
  return (
    <Portal>
      <div
        ref={ref}
        role={isPinned ? 'dialog' : 'tooltip'}
        aria-label={isPinned ? label : undefined}
        className={styles.box}
        data-pinned={isPinned}
        style={corner}
      >
        {isPinned && (
          <IconButton
            className={styles.close}
            name="times"
            tooltip={t('panels.tooltip.close', 'Close')}
            onClick={onClose}
          />
        )}
        {children}
      </div>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'fixed',
    zIndex: theme.zIndex.tooltip,
    maxWidth: 360,
    minWidth: 180,
    maxHeight: '60vh',
    overflow: 'hidden',
    padding: theme.spacing(1, 1.5),
    background: theme.colors.background.elevated,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    boxShadow: theme.shadows.z3,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.primary,
    pointerEvents: 'none',
    '&[data-pinned="true"]': { pointerEvents: 'auto', overflow: 'auto' },
  }),
  close: css({ float: 'right' }),
});
