import { css, keyframes } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';

const breathe = keyframes({ '50%': { opacity: 0.5 } });

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    width: '100%',
    '@media (prefers-reduced-motion: no-preference)': { animation: `${breathe} 1.5s ease-in-out infinite` },
  }),
});

/** The place of something that is being loaded, as high as it will be. Pixels. */
export function Skeleton({ height }: { readonly height: number }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.block} style={{ height }} role="status">
      <span className="sr-only">{t('loading', 'Loading…')}</span>
    </div>
  );
}
