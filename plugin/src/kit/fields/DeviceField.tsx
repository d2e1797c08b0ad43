import { t } from '@grafana/i18n';
import { DelayedInput } from './DelayedInput';

interface Props {
  readonly value: string;
  /** The same function as long as it does the same. */
  readonly onChange: (deviceId: string) => void;
}

const withoutSpace = (text: string): string => text.trim();

/** The id of a device that a list is about. */
export function DeviceField({ value, onChange }: Props) {
  return (
    <DelayedInput
      label={t('fields.device', 'Device id')}
      placeholder={t('fields.deviceShort', 'Device')}
      icon="apps"
      width={20}
      value={value}
      onChange={onChange}
      meaning={withoutSpace}
    />
  );
}
