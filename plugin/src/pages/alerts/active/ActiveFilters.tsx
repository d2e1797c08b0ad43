import { t } from '@grafana/i18n';
import { Button, Combobox, Icon, Input, Stack } from '@grafana/ui';
import { memo, useId, useMemo } from 'react';
import type { AlertRow, AlertState } from '../../../domain/alerts/alert';
import type { AlertFilter } from '../../../domain/alerts/filter';
import { groupLabels, KIND_GROUP } from '../../../domain/alerts/group';
import { compareSeverities } from '../../../domain/alerts/severity';
import { alertStateWord } from '../../../features/alerts/list/alertWords';
import { severityGlyph, severityWord } from '../../../features/alerts/list/severityLook';
import { Choice } from '../../../kit/fields/Choice';
import { LabelledSwitch } from '../../../kit/fields/LabelledSwitch';
import { CLEARED, isCleared } from './activeAddress';
import { FoldedFilters } from '../../../kit/fields/FoldedFilters';

const STATES: readonly AlertState[] = ['active', 'acknowledged', 'pending'];
/** Labels that every alert has for a list of its own are no use as a group. */
const MOST_LABELS = 30;

interface Props {
  /** All alerts of the picture: what can be chosen from. */
  readonly alerts: readonly AlertRow[];
  readonly filter: AlertFilter;
  readonly onChange: (change: Partial<AlertFilter>) => void;
  readonly group: string;
  readonly onGroup: (label: string) => void;
}

const distinct = (values: readonly string[]): string[] =>
  [...new Set(values)].sort((a, b) => a.localeCompare(b));

function GroupBy({ alerts, group, onGroup }: Pick<Props, 'alerts' | 'group' | 'onGroup'>) {
  const labelId = useId();
  const labels = useMemo(() => groupLabels(alerts).slice(0, MOST_LABELS), [alerts]);
  const options = useMemo(() => {
    const isKnown = group === '' || group === KIND_GROUP || labels.includes(group);
    return [
      { value: KIND_GROUP, label: t('alerts.active.groupKind', 'kind') },
      { value: '', label: t('alerts.active.noGroup', 'nothing') },
      ...(isKnown ? labels : [group, ...labels]).map((value) => ({ value, label: value })),
    ];
  }, [labels, group]);
  return (
    <Stack direction="row" gap={1} alignItems="center">
      <span id={labelId}>{t('alerts.active.groupBy', 'group by')}</span>
      <Combobox
        aria-labelledby={labelId}
        width="auto"
        minWidth={14}
        options={options}
        value={group}
        onChange={({ value }) => onGroup(value)}
      />
    </Stack>
  );
}

const severityOption = (severity: string): string => `${severityGlyph(severity)} ${severityWord(severity)}`;
const serviceOption = (service: string): string =>
  service === '' ? t('alerts.active.noService', '(none)') : service;

function Choices({ alerts, filter, onChange }: Pick<Props, 'alerts' | 'filter' | 'onChange'>) {
  const severities = useMemo(
    () => [...new Set(alerts.map(({ severity }) => severity))].sort(compareSeverities),
    [alerts],
  );
  const services = useMemo(() => distinct(alerts.map(({ labels }) => labels.service ?? '')), [alerts]);
  const receivers = useMemo(() => distinct(alerts.flatMap((alert) => alert.receivers)), [alerts]);
  return (
    <>
      <Choice
        label={t('alerts.active.filterSeverity', 'Severity')}
        options={severities}
        chosen={filter.severities}
        onChange={(chosen) => onChange({ severities: chosen })}
        words={severityOption}
      />
      <Choice<AlertState>
        label={t('alerts.active.filterState', 'State')}
        options={STATES}
        chosen={filter.states}
        onChange={(states) => onChange({ states })}
        words={alertStateWord}
      />
      <Choice
        label={t('alerts.active.filterService', 'Service')}
        options={services}
        chosen={filter.services}
        onChange={(chosen) => onChange({ services: chosen })}
        words={serviceOption}
      />
      <Choice
        label={t('alerts.active.filterReceiver', 'Receiver')}
        options={receivers}
        chosen={filter.receivers}
        onChange={(chosen) => onChange({ receivers: chosen })}
      />
    </>
  );
}

/** Search, filters and grouping of the list; all of it in the address. */
export const ActiveFilters = memo(function ActiveFilters(props: Props) {
  const { filter, onChange } = props;
  return (
    <FoldedFilters
      first={
        <Input
          width={26}
          type="search"
          prefix={<Icon name="search" />}
          aria-label={t('alerts.active.search', 'Search in names, labels and comments')}
          placeholder={t('alerts.active.find', 'Find…')}
          value={filter.text}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
        />
      }
    >
      <Choices {...props} />
      {filter.device !== '' && (
        <Button
          variant="secondary"
          icon="times"
          aria-label={t('alerts.active.clearDevice', 'Alerts of all devices')}
          onClick={() => onChange({ device: '' })}
        >
          {filter.device}
        </Button>
      )}
      <GroupBy {...props} />
      <LabelledSwitch
        label={t('alerts.active.showSilenced', 'show silenced')}
        value={filter.muted}
        onChange={(muted) => onChange({ muted })}
      />
      <LabelledSwitch
        label={t('alerts.active.showAcknowledged', 'show acknowledged')}
        value={filter.acknowledged}
        onChange={(acknowledged) => onChange({ acknowledged })}
      />
      {!isCleared(filter) && (
        <Button variant="secondary" fill="text" icon="times" onClick={() => onChange(CLEARED)}>
          {t('alerts.active.clear', 'Clear')}
        </Button>
      )}
    </FoldedFilters>
  );
});
