import { t } from '@grafana/i18n';
import { Button, Icon, Input } from '@grafana/ui';
import { useMemo } from 'react';
import type { HistoryFilter } from '../../../domain/alerts/historyFilter';
import type { PastAlert } from '../../../domain/alerts/pastAlert';
import { alertKind } from '../../../domain/alerts/alert';
import { compareSeverities } from '../../../domain/alerts/severity';
import { severityWord } from '../../../features/alerts/list/severityLook';
import { Choice } from '../../../kit/fields/Choice';
import { isOpenFilter } from './historyAddress';
import { FoldedFilters } from '../../../kit/fields/FoldedFilters';
import { OneOf } from '../../../kit/fields/OneOf';

function choices(
  alerts: readonly PastAlert[],
  value: (alert: PastAlert) => string,
  chosen: string,
): string[] {
  const found = new Set(alerts.map(value).filter(Boolean));
  // What is chosen can be taken back, also where nothing is like that.
  if (chosen !== '') found.add(chosen);
  return [...found].sort((a, b) => a.localeCompare(b));
}

interface Props {
  /** All of the range: what can be chosen from. */
  readonly alerts: readonly PastAlert[];
  readonly filter: HistoryFilter;
  readonly onChange: (filter: Partial<HistoryFilter>) => void;
}

/** Search and choices; chart, list and figures all obey them. */
export function HistoryFilters({ alerts, filter, onChange }: Props) {
  const severities = useMemo(
    () => [...new Set(alerts.map(({ severity }) => severity))].sort(compareSeverities),
    [alerts],
  );
  const names = useMemo(() => choices(alerts, alertKind, filter.name), [alerts, filter.name]);
  const devices = useMemo(
    () => choices(alerts, ({ labels }) => labels.device_id ?? '', filter.device),
    [alerts, filter.device],
  );
  return (
    <FoldedFilters
      first={
        <Input
          width={30}
          type="search"
          prefix={<Icon name="search" />}
          aria-label={t('alerts.history.search', 'Search in names, texts and labels')}
          placeholder={t('alerts.history.find', 'Find…')}
          value={filter.text}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
        />
      }
    >
      <Choice
        label={t('alerts.history.severity', 'Severity')}
        options={severities}
        chosen={filter.severities}
        onChange={(chosen) => onChange({ severities: chosen })}
        words={severityWord}
      />
      <OneOf
        label={t('alerts.history.name', 'Name')}
        options={names}
        chosen={filter.name}
        onChange={(name) => onChange({ name })}
      />
      <OneOf
        label={t('alerts.history.device', 'Device')}
        options={devices}
        chosen={filter.device}
        onChange={(device) => onChange({ device })}
      />
      {!isOpenFilter(filter) && (
        <Button
          variant="secondary"
          fill="text"
          icon="times"
          onClick={() => onChange({ text: '', severities: [], name: '', device: '' })}
        >
          {t('alerts.history.clear', 'Clear')}
        </Button>
      )}
    </FoldedFilters>
  );
}
