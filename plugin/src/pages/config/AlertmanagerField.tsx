import { t } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import { Combobox, Field } from '@grafana/ui';

const FIELD_ID = 'valtronics-alertmanager';
/** How Grafana's API names the Alertmanager that it has inside. */
const GRAFANA = 'grafana';

interface Props {
  /** Uid of the data source that is chosen. */
  readonly uid: string;
  readonly disabled: boolean;
  readonly onChange: (uid: string) => void;
}

/** Choice of the Alertmanager. Grafana's own picker leaves out data sources that nobody can query. */
export function AlertmanagerField({ uid, disabled, onChange }: Props) {
  const known = [
    ...getDataSourceSrv()
      .getList({ all: true, type: 'alertmanager' })
      .map(({ uid: value, name }) => ({ value, label: name })),
    { value: GRAFANA, label: t('config.alertmanager.grafana', "Grafana's own Alertmanager") },
  ];
  const missing = {
    value: uid,
    label: uid,
    description: t('config.alertmanager.missing', 'There is no such data source'),
  };
  return (
    <Field
      label={t('config.dataSource.label', 'Data source')}
      description={t(
        'config.alertmanager.help',
        'The Alertmanager that tells people of alerts; silences are made there',
      )}
      htmlFor={FIELD_ID}
    >
      <Combobox
        id={FIELD_ID}
        options={known.some(({ value }) => value === uid) ? known : [missing, ...known]}
        value={uid}
        disabled={disabled}
        onChange={({ value }) => onChange(value)}
      />
    </Field>
  );
}
