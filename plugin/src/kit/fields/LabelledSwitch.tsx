import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Switch, useStyles2 } from '@grafana/ui';
import { useId } from 'react';

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minHeight: theme.spacing(4) }),
  label: css({ cursor: 'pointer', whiteSpace: 'nowrap' }),
});

interface Props {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

/** A switch with its words before it. Grafana's own puts `aria-label` where ARIA forbids it. */
export function LabelledSwitch({ label, value, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  return (
    <div className={styles.box}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <Switch id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
    </div>
  );
}
