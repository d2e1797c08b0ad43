import { css } from '@emotion/css';
import { useTheme2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { DeviceStatus } from '../../domain/fleet/deviceStatus';
import { STATUS_GLYPHS, statusColor } from './statusLook';

const sign = css({ display: 'inline-block', width: '1.3em', textAlign: 'center' });

interface Props {
  /** Whose glyph and colour to use. */
  readonly status: DeviceStatus;
  /** The word that belongs to it: colour is never the only sign. */
  readonly children: ReactNode;
}

/** Words of any kind in the product's status language. */
export function StatusSign({ status, children }: Props) {
  const theme = useTheme2();
  return (
    <span style={{ color: statusColor(theme, status) }}>
      <span aria-hidden="true" className={sign}>
        {STATUS_GLYPHS[status]}
      </span>
      {children}
    </span>
  );
}
