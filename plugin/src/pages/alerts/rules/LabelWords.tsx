import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'inline-flex', flexWrap: 'wrap', gap: theme.spacing(0.25, 1.5), minWidth: 0 }),
  name: css({ color: theme.colors.text.secondary }),
  pair: css({ overflowWrap: 'anywhere', minWidth: 0 }),
});

/** Labels as `name value` pairs, without the name of the metric; texts from outside keep their direction to themselves. */
export function LabelWords({ labels }: { readonly labels: Readonly<Record<string, string>> }) {
  const styles = useStyles2(getStyles);
  return (
    <span className={styles.list}>
      {Object.entries(labels)
        .filter(([name]) => name !== '__name__')
        .map(([name, value]) => (
          <span key={name} className={styles.pair}>
            <span className={styles.name}>{name}</span> <bdi>{value}</bdi>
          </span>
        ))}
    </span>
  );
}
