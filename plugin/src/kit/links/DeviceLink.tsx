import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { TextLink, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import { devicePath } from '../../api/pluginId';

/** What a device keeps of the address it is opened from. */
const KEPT = ['from', 'to', 'refresh'] as const;

/** The address of a device's page with the time of the present page. */
export function deviceHref(deviceId: string, search: string): string {
  const before = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of KEPT) {
    const value = before.get(name);
    if (value !== null) kept.set(name, value);
  }
  const query = kept.toString();
  return query === '' ? devicePath(deviceId) : `${devicePath(deviceId)}?${query}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    gap: theme.spacing(1),
    minWidth: 0,
    alignItems: 'baseline',
    // The id is what people look for: the name gives way first.
    '& a': { minWidth: 0, fontSize: 'inherit' },
    // Grafana's link is a flex box: what it holds has to give way.
    '& a > bdi': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  }),
  name: css({
    color: theme.colors.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    minWidth: 0,
    flexShrink: 1000,
  }),
});

interface Props {
  readonly deviceId: string;
  readonly name: string;
}

/** A device by id and name, as a link to its page. Names from outside stay text and keep their direction to themselves. */
export function DeviceLink({ deviceId, name }: Props) {
  const styles = useStyles2(getStyles);
  const { search } = useLocation();
  return (
    <span className={styles.line} title={name === '' ? deviceId : `${deviceId} · ${name}`}>
      <TextLink href={deviceHref(deviceId, search)} color="primary" inline>
        <bdi>{deviceId}</bdi>
      </TextLink>
      {name !== '' && <bdi className={styles.name}>{name}</bdi>}
    </span>
  );
}
