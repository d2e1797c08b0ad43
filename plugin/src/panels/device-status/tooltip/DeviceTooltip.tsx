import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import type { Device } from '../data/device';
import type { Box } from '../layout/tiles';
import type { DeviceAction } from '../../../kit/targets/actions';
import type { Targets } from '../../../kit/targets/targets';
import { Glyph } from '../../../kit/legend/Glyph';
import { detailsOf } from './details';
import { FloatingBox } from '../../../kit/targets/FloatingBox';
import { TooltipLinks } from '../../../kit/targets/TooltipLinks';
import { getTooltipStyles } from '../../../kit/targets/tooltipStyles';

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
  const { category } = device;
  return (
    <FloatingBox place={tile} label={device.name} isPinned={choice !== undefined} onClose={onClose}>
      <div className={styles.name}>{device.name || t('devicestatus.device.unnamed', '(no name)')}</div>
      {device.id !== null && device.id !== device.name && <div className={styles.id}>{device.id}</div>}
      <div className={styles.state}>
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
          <div key={`${name}${index}`}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {choice !== undefined && <TooltipLinks targets={choice} onAsk={onAsk} />}
    </FloatingBox>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  ...getTooltipStyles(theme),
  stale: css({ color: theme.colors.warning.text }),
});
