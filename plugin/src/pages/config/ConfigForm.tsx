import { css } from '@emotion/css';
import type { AppPluginMeta, GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { DataSourcePicker, locationService } from '@grafana/runtime';
import { Alert, Button, Field, FieldSet, Input, SecretInput, Stack, Switch, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { readSettings, type AppSettings } from '../../api/settings';
import { isAdminUser } from '../../kit/app/createAppContext';
import { AlertmanagerField } from './AlertmanagerField';
import { addressFault, type AddressFault } from './address';
import { saveSettings } from './saveSettings';
import { TestResults } from './TestResults';
import { useConnectionTest } from './useConnectionTest';

/** In the address after saving: the page was loaded anew and shall test what was saved. */
const TEST_PARAMETER = 'test';

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ maxWidth: '46em' }),
  results: css({ marginTop: theme.spacing(3), minHeight: '12em' }),
});

function faultWords(fault: AddressFault | undefined): string | undefined {
  switch (fault) {
    case 'no-url':
      return t('config.address.noUrl', 'This is no address: write http://host:8001');
    case 'scheme':
      return t('config.address.scheme', 'The address must begin with http:// or https://');
    case 'credentials':
      return t(
        'config.address.credentials',
        'Every user of the app can read the address: leave user and password out and use the token',
      );
    case 'empty':
    case undefined:
      return undefined;
  }
}

function reloadAndTest(): void {
  locationService.partial({ [TEST_PARAMETER]: 'true' }, true);
  // Grafana keeps plugin settings in memory: only a new page has those that were just saved.
  window.location.reload();
}

interface Props {
  readonly meta: AppPluginMeta;
  /** Loads the page anew after saving; given by tests. */
  readonly onSaved?: () => void;
}

/** Exporter, token and data sources, with a test. Nothing is written before "Save". */
export default function ConfigForm({ meta, onSaved = reloadAndTest }: Props) {
  const styles = useStyles2(getStyles);
  const saved = readSettings(meta.jsonData);
  const [settings, setSettings] = useState<AppSettings>(saved);
  const [token, setToken] = useState<string>();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string>();
  const test = useConnectionTest();
  const { run } = test;
  const isAdmin = isAdminUser();
  const tokenSaved = meta.secureJsonFields?.token === true;
  const fault = addressFault(settings.exporterUrl);
  const exporterChanged = settings.exporterUrl !== saved.exporterUrl || token !== undefined;
  const changed =
    exporterChanged ||
    settings.prometheusUid !== saved.prometheusUid ||
    settings.alertmanagerUid !== saved.alertmanagerUid ||
    settings.annotateAcknowledged !== saved.annotateAcknowledged;
  const usable = fault === undefined || fault === 'empty';

  useEffect(() => {
    if (locationService.getSearch().get(TEST_PARAMETER) === null) return;
    locationService.partial({ [TEST_PARAMETER]: null }, true);
    run(readSettings(meta.jsonData), true);
  }, [meta, run]);

  const save = async (): Promise<void> => {
    setSaving(true);
    setFailure(undefined);
    try {
      const { enabled = true, pinned = true, jsonData } = meta;
      await saveSettings({ enabled, pinned, jsonData }, settings, token);
      onSaved();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setSaving(false);
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {!isAdmin && (
        <Alert
          severity="info"
          title={t('config.notAdmin', 'Only an administrator may change these settings')}
        />
      )}
      <FieldSet label={t('config.exporter', 'Exporter')} disabled={!isAdmin}>
        <Field
          label={t('config.address.label', 'Address')}
          description={t(
            'config.address.help',
            "As Grafana's server reaches it, for example http://exporter:8001",
          )}
          invalid={!usable}
          error={faultWords(fault)}
        >
          <Input
            id="valtronics-exporter-url"
            type="url"
            placeholder="http://127.0.0.1:8001"
            value={settings.exporterUrl}
            onChange={({ currentTarget }) => setSettings({ ...settings, exporterUrl: currentTarget.value })}
          />
        </Field>
        <Field
          label={t('config.token.label', 'Token')}
          description={t(
            'config.token.help',
            "The exporter's VALTRONICS_TOKEN. Grafana keeps it encrypted; it never reaches a browser.",
          )}
        >
          <SecretInput
            id="valtronics-exporter-token"
            autoComplete="off"
            isConfigured={tokenSaved && token === undefined}
            value={token ?? ''}
            onReset={() => setToken('')}
            onChange={({ currentTarget }) => setToken(currentTarget.value)}
          />
        </Field>
      </FieldSet>
      <FieldSet label={t('config.prometheus', 'Prometheus')} disabled={!isAdmin}>
        <Field
          label={t('config.dataSource.label', 'Data source')}
          description={t('config.dataSource.help', 'The Prometheus that scrapes the exporter')}
        >
          <DataSourcePicker
            inputId="valtronics-prometheus"
            type="prometheus"
            current={settings.prometheusUid}
            noDefault
            disabled={!isAdmin}
            onChange={({ uid }) => setSettings({ ...settings, prometheusUid: uid })}
          />
        </Field>
      </FieldSet>
      <FieldSet label={t('config.alertmanager.title', 'Alertmanager')} disabled={!isAdmin}>
        <AlertmanagerField
          uid={settings.alertmanagerUid}
          disabled={!isAdmin}
          onChange={(alertmanagerUid) => setSettings({ ...settings, alertmanagerUid })}
        />
      </FieldSet>
      <FieldSet label={t('config.annotations.title', 'Annotations')} disabled={!isAdmin}>
        <Field
          label={t('config.annotations.label', 'Write one when alerts are acknowledged')}
          description={t(
            'config.annotations.help',
            'The dashboards then show when somebody took an alert on, and what was said. Needs the permission to create annotations.',
          )}
        >
          <Switch
            id="valtronics-annotate"
            value={settings.annotateAcknowledged}
            disabled={!isAdmin}
            onChange={({ currentTarget }) =>
              setSettings({ ...settings, annotateAcknowledged: currentTarget.checked })
            }
          />
        </Field>
      </FieldSet>
      {failure !== undefined && (
        <Alert severity="error" title={t('config.saveFailed', 'The settings were not saved')}>
          {failure}
        </Alert>
      )}
      <Stack direction="row" gap={1} wrap="wrap">
        <Button
          type="submit"
          disabled={!isAdmin || !changed || !usable || saving}
          icon={saving ? 'spinner' : 'save'}
        >
          {t('config.save', 'Save and test')}
        </Button>
        <Button
          type="button"
          variant="secondary"
          disabled={test.running || !usable}
          icon={test.running ? 'spinner' : 'heart-rate'}
          onClick={() => run(settings, !exporterChanged)}
        >
          {t('config.test.button', 'Test connection')}
        </Button>
      </Stack>
      <section className={styles.results} aria-live="polite" aria-busy={test.running}>
        {test.failure !== undefined && (
          <Alert severity="error" title={t('config.test.failed', 'The test could not be run')}>
            {test.failure}
          </Alert>
        )}
        {test.results !== undefined && <TestResults results={test.results} />}
      </section>
    </form>
  );
}
