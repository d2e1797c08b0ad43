import { css } from '@emotion/css';
import type { GrafanaTheme2, StandardEditorProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { describeRoles, type RoleName } from '../data/describe-roles';
import { defaultOptions, type DeviceStatusOptions } from './options';

function roleText(role: RoleName): string {
  switch (role) {
    case 'id':
      return t('devicestatus.roles.id', 'device');
    case 'name':
      return t('devicestatus.roles.name', 'name');
    case 'value':
      return t('devicestatus.roles.value', 'value');
    case 'group':
      return t('devicestatus.roles.group', 'group');
    case 'since':
      return t('devicestatus.roles.since', 'since');
    case 'seen':
      return t('devicestatus.roles.seen', 'last seen');
  }
}

/** Says which fields the panel takes for what, one line a query. */
export function RolesLine({ context }: StandardEditorProps<unknown, unknown, DeviceStatusOptions>) {
  const styles = useStyles2(getStyles);
  const lines = describeRoles(context.data, { ...defaultOptions, ...context.options });
  if (lines.length === 0) return <div>{t('devicestatus.roles.no-data', 'No data')}</div>;
  return (
    <ul className={styles.lines}>
      {lines.map(({ query, roles }) => (
        <li key={query}>
          {query === '' ? '' : `${query}: `}
          {roles.length === 0
            ? t('devicestatus.roles.none', 'nothing that says how a device is')
            : roles.map(([role, name], index) => (
                <span key={role}>
                  {index === 0 ? '' : ', '}
                  {roleText(role)}: <code>{name}</code>
                </span>
              ))}
        </li>
      ))}
    </ul>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  lines: css({ margin: 0, listStyle: 'none', color: theme.colors.text.secondary }),
});
