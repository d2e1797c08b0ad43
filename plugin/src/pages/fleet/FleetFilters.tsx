import { t } from '@grafana/i18n';
import { Button, Icon, Input, Stack } from '@grafana/ui';
import { useMemo } from 'react';
import { DEVICE_STATUSES, type DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { Choice } from '../../kit/fields/Choice';
import { STATUS_GLYPHS, statusWord } from '../../kit/status/statusLook';
import { choices, isOpen, type FleetFilter } from './filter';

/** An empty value is a value: devices without a type are a group too. */
function plainWords(value: string): string {
  return value === '' ? t('fleet.filter.none', '(none)') : value;
}

interface Props {
  readonly filter: FleetFilter;
  readonly onChange: (filter: Partial<FleetFilter>) => void;
  /** All devices of the picture: what can be chosen from. */
  readonly devices: readonly FleetDevice[];
}

/** Search and filters of the fleet; grid and table both obey them. */
export function FleetFilters({ filter, onChange, devices }: Props) {
  const types = useMemo(() => choices(devices, 'deviceType'), [devices]);
  const locations = useMemo(() => choices(devices, 'location'), [devices]);
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
      <Input
        width={30}
        type="search"
        prefix={<Icon name="search" />}
        aria-label={t('fleet.filter.search', 'Search by id, name or location')}
        placeholder={t('fleet.filter.find', 'Find…')}
        value={filter.text}
        onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
      />
      <Choice<DeviceStatus>
        label={t('fleet.filter.status', 'Status')}
        options={DEVICE_STATUSES}
        chosen={filter.statuses}
        onChange={(statuses) => onChange({ statuses })}
        words={(status) => `${STATUS_GLYPHS[status]} ${statusWord(status)}`}
      />
      <Choice
        label={t('fleet.filter.type', 'Type')}
        options={types}
        chosen={filter.types}
        onChange={(chosen) => onChange({ types: chosen })}
        words={plainWords}
      />
      <Choice
        label={t('fleet.filter.location', 'Location')}
        options={locations}
        chosen={filter.locations}
        onChange={(chosen) => onChange({ locations: chosen })}
        words={plainWords}
      />
      {!isOpen(filter) && (
        <Button
          variant="secondary"
          fill="text"
          icon="times"
          onClick={() => onChange({ text: '', statuses: [], types: [], locations: [] })}
        >
          {t('fleet.filter.clear', 'Clear')}
        </Button>
      )}
    </Stack>
  );
}
