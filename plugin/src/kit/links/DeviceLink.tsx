import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import { devicePath } from '../../api/pluginId';
import { TIME_PARAMETERS } from '../time/timeRange';
import { PageLink } from './PageLink';

/** The address of a device's page with the time of the present page. */
export function deviceHref(deviceId: string, search: string): string {
  const before = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of TIME_PARAMETERS) {
    const value = before.get(name);
    if (value !== null) kept.set(name, value);
  }
  const query = kept.toString();
  const path = devicePath(deviceId);
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    gap: theme.spacing(1),
    minWidth: 0,
    alignItems: 'baseline',
  }),
  // The id is what people look for: the name gives way first, and an id that has no room at all wraps.
  id: css({ flex: '0 0 auto', maxWidth: '100%', overflowWrap: 'anywhere' }),
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
      <PageLink to={deviceHref(deviceId, search)} className={styles.id}>
        <bdi>{deviceId}</bdi>
      </PageLink>
      {name !== '' && <bdi className={styles.name}>{name}</bdi>}
    </span>
  );
}
