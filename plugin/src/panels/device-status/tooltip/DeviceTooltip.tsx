import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, IconButton, Portal, useStyles2, useTheme2 } from '@grafana/ui';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Device } from '../data/device';
import type { Box } from '../layout/tiles';
import type { DeviceAction } from '../../../kit/targets/actions';
import type { Targets } from '../../../kit/targets/targets';
import { Glyph } from '../../../kit/legend/Glyph';
import { detailsOf } from './details';
import { placeTooltip, type Point } from '../../../kit/targets/place';
import { TooltipLinks } from '../../../kit/targets/TooltipLinks';

interface Props {
  readonly device: Device;
  /** The tile, in the screen's coordinates. */
  readonly tile: Box;
  readonly timeZone: string;
  readonly now: number;
  /** Links and actions to choose from; a tooltip that is only looked at has none and lets the pointer through. */
  readonly choice?: Targets;
  readonly onAsk: (action: DeviceAction) => void;
  readonly onClose: () => void;
}

/** All that is known of one device, beside its tile. */
export function DeviceTooltip({ device, tile, timeZone, now, choice, onAsk, onClose }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Point>({ left: 0, top: 0 });
  const { x, y, width, height } = tile;
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const screen = { width: window.innerWidth, height: window.innerHeight };
    setPlace(placeTooltip({ x, y, width, height }, size, screen));
  }, [device, x, y, width, height]);
  const isPinned = choice !== undefined;
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
  const { category } = device;
  return (
    <Portal>
      <div
        ref={ref}
        role={isPinned ? 'dialog' : 'tooltip'}
        aria-label={isPinned ? device.name : undefined}
        className={styles.tooltip}
        data-pinned={isPinned}
        style={place}
      >
        {isPinned && (
          <IconButton
            className={styles.close}
            name="times"
            tooltip={t('devicestatus.tooltip.close', 'Close')}
            onClick={onClose}
          />
        )}
        <div className={styles.name}>{device.name || t('devicestatus.device.unnamed', '(no name)')}</div>
        {device.id !== null && device.id !== device.name && <div className={styles.id}>{device.id}</div>}
        <div className={styles.status}>
          <Glyph status={category.status} color={category.color} size={14} />
          <span>{device.text}</span>
          {device.stale && (
            <span className={styles.stale}>
              <Icon name="history" size="sm" /> {t('devicestatus.tooltip.stale', 'stale')}
            </span>
          )}
        </div>
        <dl className={styles.details}>
          {detailsOf(device, { theme, timeZone, now }).map(({ name, text }, index) => (
            <div key={`${name}${index}`} className={styles.detail}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        {choice !== undefined && <TooltipLinks targets={choice} onAsk={onAsk} />}
      </div>
    </Portal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  tooltip: css({
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
  name: css({
    fontSize: theme.typography.body.fontSize,
    fontWeight: theme.typography.fontWeightMedium,
    overflowWrap: 'anywhere',
    display: '-webkit-box',
    WebkitLineClamp: 3,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
  }),
  id: css({
    color: theme.colors.text.secondary,
    overflowWrap: 'anywhere',
    fontFamily: theme.typography.fontFamilyMonospace,
  }),
  status: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    margin: theme.spacing(0.5, 0),
  }),
  stale: css({ color: theme.colors.warning.text }),
  details: css({ margin: 0 }),
  detail: css({
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    '& dt': {
      flex: 'none',
      color: theme.colors.text.secondary,
      fontWeight: theme.typography.fontWeightRegular,
    },
    '& dd': { margin: 0, textAlign: 'right', overflowWrap: 'anywhere' },
  }),
});
