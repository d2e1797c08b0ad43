import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { QueryRoles, RoleName } from './describe-roles';

function roleText(role: RoleName): string {
  switch (role) {
    case 'id':
      return t('panels.roles.id', 'device');
    case 'name':
      return t('panels.roles.name', 'name');
    case 'value':
      return t('panels.roles.value', 'value');
    case 'group':
      return t('panels.roles.group', 'group');
    case 'since':
      return t('panels.roles.since', 'since');
    case 'seen':
      return t('panels.roles.seen', 'last seen');
    case 'time':
      return t('panels.roles.time', 'time');
    case 'end':
      return t('panels.roles.end', 'end');
    case 'alerts':
      return t('panels.roles.alerts', 'alerts');
  }
}

/** Says which fields a panel takes for what, one line a query. */
export function RolesLine({ lines }: { readonly lines: readonly QueryRoles[] }) {
  const styles = useStyles2(getStyles);
  if (lines.length === 0) return <div>{t('panels.roles.no-data', 'No data')}</div>;
  return (
    <ul className={styles.lines}>
      {lines.map(({ query, roles }) => (
        <li key={query}>
          {query === '' ? '' : `${query}: `}
          {roles.length === 0
            ? t('panels.roles.none', 'nothing that says how a device is')
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
