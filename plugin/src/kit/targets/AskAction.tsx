import { t } from '@grafana/i18n';
import { ConfirmModal, Field, Input } from '@grafana/ui';
import { useState } from 'react';
import type { DeviceAction } from './actions';

/** An action that somebody wants to run. */
export interface Ask {
  readonly action: DeviceAction;
}

interface Props {
  readonly action: DeviceAction;
  readonly onClose: () => void;
}

/** Asks before an action runs, as Grafana does, and for the variables that it needs. */
export function AskAction({ action, onClose }: Props) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const isComplete = action.variables.every(({ key }) => (values[key] ?? '') !== '');
  return (
    <ConfirmModal
      isOpen
      title={action.title}
      body={
        <>
          <p>{action.confirmation || t('panels.action.confirm', 'Run this action?')}</p>
          {action.variables.map(({ key, name }) => (
            <Field key={key} label={name} required>
              <Input
                value={values[key] ?? ''}
                onChange={({ currentTarget }) => {
                  const { value } = currentTarget;
                  setValues((known) => ({ ...known, [key]: value }));
                }}
              />
            </Field>
          ))}
        </>
      }
      confirmText={t('panels.action.run', 'Run')}
      confirmVariant="primary"
      disabled={!isComplete}
      onConfirm={() => {
        // Grafana shows a failed request to the user by itself.
        action.run(values).then(onClose, onClose);
      }}
      onDismiss={onClose}
    />
  );
}
