import { css } from '@emotion/css';
import { useTheme2 } from '@grafana/ui';
import type { DeviceStatus } from '../../domain/fleet/deviceStatus';
import { STATUS_GLYPHS, statusColor, statusWord } from './statusLook';

const label = css({ whiteSpace: 'nowrap' });
const sign = css({ display: 'inline-block', width: '1.3em', textAlign: 'center' });

/** A status as glyph, word and colour. */
export function StatusLabel({ status }: { readonly status: DeviceStatus }) {
  const theme = useTheme2();
  return (
    <span className={label} style={{ color: statusColor(theme, status) }}>
      <span aria-hidden="true" className={sign}>
        {STATUS_GLYPHS[status]}
      </span>
      {statusWord(status)}
    </span>
  );
}
