import { t } from '@grafana/i18n';
import { Button, Field, Input, Modal, RadioButtonGroup, Stack, TextArea } from '@grafana/ui';
import { useId, type SyntheticEvent } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { Matcher, Silence } from '../../../domain/alerts/silence';
import { alertmanagerWord } from '../list/refusalWords';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';
import { clockWords } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';
import { MatcherFields } from './MatcherFields';
import { SilencePreview } from './SilencePreview';
import { SILENCE_LENGTHS, type SilenceLength } from './silenceTimes';
import { useSilenceForm, type SilenceDone } from './useSilenceForm';

const NONE: readonly AlertRow[] = [];

function lengthWord(length: SilenceLength): string {
  switch (length) {
    case '30m':
      return t('alerts.actions.for30Minutes', '30 min');
    case '2h':
      return t('alerts.actions.for2Hours', '2 h');
    case 'tomorrow':
      return t('alerts.actions.untilTomorrow', 'until tomorrow 9:00');
    case 'custom':
      return t('alerts.actions.forCustom', 'custom');
  }
}

type Form = ReturnType<typeof useSilenceForm>;

function Duration({ form }: { readonly form: Form }) {
  const { timeZone } = useApp();
  const { length, setLength, custom, setCustom, endsAt, now } = form;
  const until =
    endsAt === undefined
      ? t('alerts.actions.noDuration', 'Write a duration such as 45m, 3h or 2d')
      : t('alerts.actions.until', 'until {{time}}', { time: clockWords(endsAt, now, timeZone) });
  return (
    <Field noMargin label={t('alerts.actions.duration', 'How long')} description={until}>
      <Stack direction="row" gap={1} wrap="wrap">
        <RadioButtonGroup
          aria-label={t('alerts.actions.duration', 'How long')}
          options={SILENCE_LENGTHS.map((value) => ({ value, label: lengthWord(value) }))}
          value={length}
          onChange={setLength}
        />
        {length === 'custom' && (
          <Input
            width={12}
            aria-label={t('alerts.actions.customDuration', 'Duration, such as 45m, 3h or 2d')}
            invalid={endsAt === undefined}
            value={custom}
            onChange={({ currentTarget }) => setCustom(currentTarget.value)}
          />
        )}
      </Stack>
    </Field>
  );
}

function Mode({ form, count }: { readonly form: Form; readonly count: number }) {
  return (
    <Field noMargin label={t('alerts.actions.silenceMode', 'What')}>
      <RadioButtonGroup
        aria-label={t('alerts.actions.silenceMode', 'What')}
        options={[
          { value: 'one', label: t('alerts.actions.silenceOne', 'One silence by matchers') },
          {
            value: 'each',
            label: t('alerts.actions.silenceEach', 'One for each of {{count}} alerts', { count }),
          },
        ]}
        value={form.mode}
        onChange={form.setMode}
      />
    </Field>
  );
}

export interface SilenceDialogProps {
  /** What the matchers are at first. */
  readonly matchers: readonly Matcher[];
  readonly comment?: string;
  /** The silence that the new one takes the place of. */
  readonly replaces?: Pick<Silence, 'id' | 'alertmanager'> | undefined;
  /** The alerts that are there now, for the preview. */
  readonly alerts: readonly AlertRow[];
  /** The alerts that were selected: more than one can be silenced one by one. */
  readonly selected?: readonly AlertRow[];
  readonly onClose: () => void;
  readonly onDone: SilenceDone;
}

/** Makes a silence: for how long, of what, and why; shows what it would silence now. */
export function SilenceDialog(props: SilenceDialogProps) {
  const { alerts, selected, onClose } = props;
  const each = selected ?? NONE;
  const form = useSilenceForm({
    ...{ matchers: props.matchers, comment: props.comment ?? '', replaces: props.replaces },
    ...{ alerts, each, onDone: props.onDone },
  });
  const commentId = useId();
  const { mode, preview, ready, sending, problem, targets } = form;
  const isBulk = sending && mode === 'each';
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready) void form.submit();
  };
  return (
    <Modal
      isOpen
      title={
        props.replaces === undefined
          ? t('alerts.actions.silenceTitle', 'Silence alerts')
          : t('alerts.actions.changeSilenceTitle', 'Change the silence')
      }
      onDismiss={isBulk ? form.cancel : onClose}
    >
      <form onSubmit={submit}>
        <Stack direction="column" gap={2}>
          {each.length > 1 && <Mode form={form} count={each.length} />}
          {mode === 'one' && (
            <Field noMargin label={t('alerts.actions.matchers', 'Matchers')}>
              <MatcherFields matchers={form.matchers} onChange={form.setMatchers} />
            </Field>
          )}
          <SilencePreview
            preview={preview}
            selected={each.length === 0 ? undefined : new Set(each.map(({ fingerprint }) => fingerprint))}
          />
          <Duration form={form} />
          <Field noMargin required label={t('alerts.actions.comment', 'Comment')} htmlFor={commentId}>
            <TextArea
              id={commentId}
              rows={2}
              required
              value={form.comment}
              placeholder={t('alerts.actions.silenceWhy', 'Why nobody needs to hear of it')}
              onChange={({ currentTarget }) => form.setComment(currentTarget.value)}
            />
          </Field>
          {targets.includes('grafana') && (
            <span>
              {t('alerts.actions.silenceWhere', 'The silence goes where the alerts are told of: {{where}}.', {
                where: targets.map(alertmanagerWord).join(', '),
                interpolation: { escapeValue: false },
              })}
            </span>
          )}
          {problem !== undefined && <ProblemNotice problem={problem} />}
        </Stack>
        <Modal.ButtonRow>
          {isBulk && (
            <span role="status">
              {t('alerts.actions.silenceProgress', '{{done}} of {{total}} silenced', {
                done: form.done,
                total: each.length,
              })}
            </span>
          )}
          <Button variant="secondary" type="button" onClick={isBulk ? form.cancel : onClose}>
            {isBulk ? t('alerts.actions.stop', 'Stop') : t('alerts.actions.cancel', 'Cancel')}
          </Button>
          <Button type="submit" disabled={!ready}>
            {sending ? t('alerts.actions.sending', 'Sending…') : t('alerts.actions.silenceButton', 'Silence')}
          </Button>
        </Modal.ButtonRow>
      </form>
    </Modal>
  );
}
