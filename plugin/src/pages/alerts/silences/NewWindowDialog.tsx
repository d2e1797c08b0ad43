import { dateTime } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  Alert,
  Button,
  DateTimePicker,
  Field,
  Label,
  Modal,
  MultiCombobox,
  Stack,
  TextArea,
} from '@grafana/ui';
import { useCallback, useId, useMemo, useState } from 'react';
import {
  draftFaults,
  windowOfDraft,
  type DraftFault,
  type MaintenanceDraft,
} from '../../../domain/alerts/maintenanceForm';
import type { NewMaintenanceWindow } from '../../../domain/alerts/silence';
import { problemOf } from '../../../domain/problem';
import { problemWords } from '../../../kit/states/problemWords';
import { useApp } from '../../../kit/app/appContext';
import { newest, useAnswer } from '../../../kit/answer';
import { DurationChips } from './DurationChips';

const HOUR = 3_600_000;
/** More devices than this are not offered; any id can be typed. */
const MOST_DEVICES = 5000;

function faultWords(fault: DraftFault): string {
  switch (fault) {
    case 'covers-nothing':
      return t('alerts.maintenance.fault.nothing', 'Choose devices, types or locations');
    case 'no-end':
      return t('alerts.maintenance.fault.noEnd', 'Say when it ends');
    case 'ends-before-start':
      return t('alerts.maintenance.fault.backwards', 'It must end after it begins');
    case 'over':
      return t('alerts.maintenance.fault.over', 'It would be over already');
    case 'too-long':
      return t('alerts.maintenance.fault.long', 'It may last 366 days at most');
    case 'no-comment':
      return t('alerts.maintenance.fault.comment', 'Say why: others will ask');
  }
}

interface ManyProps {
  readonly label: string;
  readonly options: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Several values, of those that are known or any other. */
function Many({ label, options, chosen, onChange }: ManyProps) {
  const id = useId();
  // The same lists as long as nothing changes: a combobox that gets others begins its search anew.
  const known = useMemo(() => options.map((value) => ({ value, label: value })), [options]);
  const value = useMemo(() => chosen.map((one) => ({ value: one, label: one })), [chosen]);
  return (
    <div>
      <Label id={id}>{label}</Label>
      {/* Grafana's combobox takes its name from another element only. */}
      <MultiCombobox<string>
        aria-labelledby={id}
        width="auto"
        minWidth={40}
        maxWidth={60}
        createCustomValue
        options={known}
        value={value}
        onChange={(entries) => onChange(entries.map((entry) => entry.value))}
      />
    </div>
  );
}

const NOTHING_KNOWN = { devices: [], types: [], locations: [] };

/** What can be covered, as the exporter lists it; nothing when it cannot be asked: any word can be typed. */
function useKnown() {
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { devices } = await clients.exporter.devices(MOST_DEVICES, signal);
      const sorted = (values: readonly string[]): string[] =>
        [...new Set(values.filter(Boolean))].sort((a, b) => a.localeCompare(b));
      return {
        devices: sorted(devices.map(({ deviceId }) => deviceId)),
        types: sorted(devices.map(({ deviceType }) => deviceType)),
        locations: sorted(devices.map(({ location }) => location)),
      };
    },
    [clients],
  );
  return newest(useAnswer(load, 0)).value ?? NOTHING_KNOWN;
}

interface Props {
  /** Makes the window; throws what the exporter says against it. */
  readonly onSave: (window: NewMaintenanceWindow) => Promise<void>;
  readonly onDismiss: () => void;
}

const atTime = (at: number | undefined) => (at === undefined ? {} : { date: dateTime(at) });

/** A new maintenance window. */
export function NewWindowDialog({ onSave, onDismiss }: Props) {
  const { timeZone } = useApp();
  const known = useKnown();
  const commentId = useId();
  const [draft, setDraft] = useState<MaintenanceDraft>(() => ({
    ...{ devices: [], deviceTypes: [], locations: [], comment: '' },
    startsAt: undefined,
    endsAt: Date.now() + HOUR,
  }));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const change = (part: Partial<MaintenanceDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const faults = tried ? draftFaults(draft, Date.now()) : [];
  const save = async (): Promise<void> => {
    setTried(true);
    const { endsAt } = draft;
    if (endsAt === undefined || draftFaults(draft, Date.now()).length > 0) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      await onSave(windowOfDraft(draft, endsAt));
    } catch (error) {
      const problem = problemOf(error, 'exporter');
      setRefusal(problem.detail === '' ? problemWords(problem).title : problem.detail);
      setBusy(false);
    }
  };
  return (
    <Modal isOpen title={t('alerts.maintenance.newTitle', 'New maintenance window')} onDismiss={onDismiss}>
      <Stack direction="column" gap={2}>
        <p>
          {t(
            'alerts.maintenance.newHelp',
            'Alerts of what it covers are kept and shown, and nobody is told while it lasts. What still fires at its end is told then.',
          )}
        </p>
        <Many
          label={t('alerts.maintenance.devices', 'Devices')}
          options={known.devices}
          chosen={draft.devices}
          onChange={(devices) => change({ devices })}
        />
        <Many
          label={t('alerts.maintenance.types', 'All devices of these types')}
          options={known.types}
          chosen={draft.deviceTypes}
          onChange={(deviceTypes) => change({ deviceTypes })}
        />
        <Many
          label={t('alerts.maintenance.locations', 'All devices at these locations')}
          options={known.locations}
          chosen={draft.locations}
          onChange={(locations) => change({ locations })}
        />
        <Stack direction="row" gap={2} wrap="wrap">
          <Field label={t('alerts.maintenance.from', 'From (empty: at once)')} noMargin>
            <DateTimePicker
              {...atTime(draft.startsAt)}
              clearable
              timeZone={timeZone}
              onChange={(date) => change({ startsAt: date?.valueOf() })}
            />
          </Field>
          <Field label={t('alerts.maintenance.to', 'To')} noMargin>
            <DateTimePicker
              {...atTime(draft.endsAt)}
              timeZone={timeZone}
              onChange={(date) => change({ endsAt: date?.valueOf() })}
            />
          </Field>
        </Stack>
        <DurationChips
          startsAt={draft.startsAt}
          endsAt={draft.endsAt}
          onChange={(endsAt) => change({ endsAt })}
        />
        <Field label={t('alerts.maintenance.comment', 'Why')} htmlFor={commentId} required noMargin>
          <TextArea
            id={commentId}
            rows={2}
            value={draft.comment}
            onChange={({ currentTarget }) => change({ comment: currentTarget.value })}
          />
        </Field>
        {faults.length > 0 && (
          <Alert severity="warning" title={t('alerts.maintenance.incomplete', 'Something is missing')}>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{faultWords(fault)}</li>
              ))}
            </ul>
          </Alert>
        )}
        {refusal !== undefined && (
          <Alert severity="error" title={t('alerts.maintenance.refused', 'The window was not made')}>
            {refusal}
          </Alert>
        )}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onDismiss}>
          {t('alerts.maintenance.cancel', 'Cancel')}
        </Button>
        <Button disabled={busy} onClick={() => void save()}>
          {t('alerts.maintenance.create', 'Create')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}
