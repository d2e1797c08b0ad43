import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, type IconName, useStyles2 } from '@grafana/ui';

interface Props {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  /** Space in pixels; where it is low only the title is shown. */
  readonly height: number;
}

/** What stands in place of the picture when there is none, and what to do about it. */
export function Message({ icon, title, text, height }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.message} role="status">
      {height >= 150 && <Icon name={icon} size="xxl" />}
      <strong>{title}</strong>
      {height >= 90 && <span className={styles.text}>{text}</span>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  message: css({
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: theme.spacing(0.5),
    flex: 1,
    minHeight: 0,
    overflow: 'hidden',
    textAlign: 'center',
    color: theme.colors.text.secondary,
    '& strong': { color: theme.colors.text.primary, fontWeight: theme.typography.fontWeightMedium },
  }),
  text: css({ maxWidth: 420 }),
});
