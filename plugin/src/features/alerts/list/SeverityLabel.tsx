import { css } from '@emotion/css';
import { useTheme2 } from '@grafana/ui';
import { severityColor, severityGlyph, severityWord } from './severityLook';

const sign = css({ display: 'inline-block', width: '1.3em', textAlign: 'center', flex: 'none' });

/** A severity by glyph, word and colour. */
export function SeverityLabel({ severity }: { readonly severity: string }) {
  const theme = useTheme2();
  return (
    <span style={{ color: severityColor(theme, severity) }}>
      <span aria-hidden="true" className={sign}>
        {severityGlyph(severity)}
      </span>
      <bdi>{severityWord(severity)}</bdi>
    </span>
  );
}
