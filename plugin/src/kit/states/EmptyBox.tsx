import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    padding: theme.spacing(3, 2),
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    display: 'grid',
    gap: theme.spacing(1.5),
    justifyItems: 'start',
    overflowWrap: 'anywhere',
  }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  text: css({ color: theme.colors.text.secondary, margin: 0, maxWidth: '52em' }),
  code: css({
    margin: 0,
    padding: theme.spacing(1),
    maxWidth: '100%',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  }),
});

interface Props {
  readonly title: string;
  readonly text?: string;
  /** Settings to copy, a block each. */
  readonly settings?: readonly string[];
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** In place of a list that has nothing: why, and what to do. */
export function EmptyBox({ title, text, settings = [], children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.box} role="status">
      <h2 className={styles.title}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {settings.map((setting) => (
        <pre key={setting} className={styles.code}>
          {setting}
        </pre>
      ))}
      {children}
    </section>
  );
}
