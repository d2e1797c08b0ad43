import { css } from '@emotion/css';
import { useTheme2 } from '@grafana/ui';
import type { LogLevel } from '../../domain/logs/logEntry';
import { LEVEL_GLYPHS, levelColor, levelWord } from './levelLook';

const label = css({ whiteSpace: 'nowrap' });
const sign = css({ display: 'inline-block', width: '1.3em', textAlign: 'center', flex: 'none' });

/** A level by glyph, word and colour. */
export function LevelLabel({ level }: { readonly level: LogLevel }) {
  const theme = useTheme2();
  return (
    <span className={label} style={{ color: levelColor(theme, level) }}>
      <span aria-hidden="true" className={sign}>
        {LEVEL_GLYPHS[level]}
      </span>
      {levelWord(level)}
    </span>
  );
}
