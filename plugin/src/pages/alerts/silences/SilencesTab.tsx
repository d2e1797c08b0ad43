import { t } from '@grafana/i18n';
import { Stack, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { endingSoon, silenceLines, silenceState, type SilenceLine } from '../../../domain/alerts/silenceView';
import type { Matcher, Silence } from '../../../domain/alerts/silence';
import type { AlertPicture } from '../../../features/alerts/data/alertLoader';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { LabelledSwitch } from '../../../kit/fields/LabelledSwitch';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';
import { problemWords } from '../../../kit/states/problemWords';
import { useApp } from '../../../kit/app/appContext';
import { Known, type Answer } from '../../../kit/answer';
import { sourceAgeWords } from '../../../features/alerts/list/alertWords';
import { useNow } from '../../../kit/time/useNow';
import type { PageTime } from '../../../kit/time/usePageTime';
import type { UrlQuery } from '../../../kit/useUrlQuery';
import { ExpireDialog } from '../../../features/alerts/dialogs/ExpireDialog';
import { alertmanagerOf, type ActionOutcome } from '../../../features/alerts/data/actions';
import { outdateAlerts } from '../../../features/alerts/data/loadAlerts';
import { SilenceOutcome } from '../../../features/alerts/dialogs/SilenceOutcome';
import { SilenceDialog } from '../../../features/alerts/dialogs/SilenceDialog';
import { EndingSoon } from './EndingSoon';
import { MaintenancePart } from './MaintenancePart';
import { getSilenceStyles } from './silenceStyles';
import { SilenceTable } from './SilenceTable';
import { useRefusals } from './useRefusals';
import { useWindows } from './useWindows';

/** Remaining times are renewed this often, milliseconds. */
const CLOCK_MS = 5000;

interface PartProps {
  readonly picture: AlertPicture;
  /** Those that are over, too. */
  readonly past: boolean;
  readonly onChanged: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function countWords(lines: readonly SilenceLine[]): string {
  const inState = (state: SilenceLine['state']): number =>
    lines.filter((line) => line.state === state).length;
  return t('alerts.silences.counts', '{{active}} active, {{pending}} to come, {{expired}} expired', {
    active: inState('active'),
    pending: inState('pending'),
    expired: inState('expired'),
  });
}

/** An empty line to be filled. */
const NO_MATCHERS: readonly Matcher[] = [{ name: '', value: '', isRegex: false, isEqual: true }];

/** What the dialog begins with: undefined is closed, null a silence of nothing yet. */
type Draft = Silence | null | undefined;

function SilencesPart({ picture, past, onChanged, now }: PartProps) {
  const styles = useStyles2(getSilenceStyles);
  const { clients, timeZone } = useApp();
  const { alerts } = picture;
  const problem = picture.problems.find(({ source }) => source === 'alertmanager');
  const isKnown = problem === undefined || problem.knownAt !== undefined;
  const silences = isKnown ? picture.silences : undefined;
  const [expiring, setExpiring] = useState<SilenceLine>();
  const [draft, setDraft] = useState<Draft>();
  const [outcomes, setOutcomes] = useState<readonly ActionOutcome[]>();
  const { refusals, attempt } = useRefusals('alertmanager');
  const lines = useMemo(() => silenceLines(silences ?? [], alerts, now), [silences, alerts, now]);
  const shown = past ? lines : lines.filter(({ state }) => state !== 'expired');
  const expire = async ({ silence: { id, alertmanager } }: SilenceLine): Promise<void> => {
    setExpiring(undefined);
    await attempt(id, () => alertmanagerOf(clients, alertmanager).expireSilence(id));
    onChanged();
  };
  return (
    <section>
      <Stack direction="column" gap={2}>
        <Stack direction="row" gap={1} alignItems="center" justifyContent="space-between" wrap="wrap">
          <Stack direction="row" gap={2} alignItems="baseline" wrap="wrap">
            <h3 className={styles.title}>{t('alerts.silences.title', 'Silences')}</h3>
            {silences !== undefined && <span role="status">{countWords(lines)}</span>}
          </Stack>
          <EditorButton
            silences
            icon="bell-slash"
            onClick={() => setDraft(null)}
            offBecause={problem === undefined ? undefined : problemWords(problem).title}
          >
            {t('alerts.silences.new', 'New silence…')}
          </EditorButton>
        </Stack>
        {problem !== undefined && (
          <ProblemNotice
            problem={problem}
            consequence={
              problem.knownAt === undefined ? undefined : sourceAgeWords(problem.knownAt, now, timeZone)
            }
          />
        )}
        <SilenceOutcome outcomes={outcomes} onRemove={() => setOutcomes(undefined)} />
        <EndingSoon lines={endingSoon(lines, now)} onRenew={setDraft} now={now} />
        {silences !== undefined && shown.length === 0 && (
          <p>
            {t(
              'alerts.silences.none',
              'Nothing is silenced. A silence keeps alerts with certain labels quiet for a time; they are shown all the same.',
            )}
          </p>
        )}
        {shown.length > 0 && (
          <SilenceTable
            lines={shown}
            refusals={refusals}
            onExpire={({ id }) => setExpiring(lines.find(({ silence }) => silence.id === id))}
            onRenew={setDraft}
            now={now}
          />
        )}
      </Stack>
      {draft !== undefined && (
        <SilenceDialog
          matchers={draft?.matchers ?? NO_MATCHERS}
          comment={draft?.comment ?? ''}
          // One that is over cannot be changed: another one is made.
          replaces={draft === null || silenceState(draft, now) === 'expired' ? undefined : draft}
          alerts={alerts}
          onClose={() => setDraft(undefined)}
          onDone={(next) => {
            setDraft(undefined);
            setOutcomes(next);
            onChanged();
          }}
        />
      )}
      {expiring !== undefined && (
        <ExpireDialog
          silences={[expiring.silence]}
          alerts={expiring.alerts}
          onConfirm={() => void expire(expiring)}
          onClose={() => setExpiring(undefined)}
        />
      )}
    </section>
  );
}

interface Props {
  readonly url: UrlQuery;
  readonly time: PageTime;
  /** The alerts and silences that are there now. */
  readonly alerts: Answer<AlertPicture>;
}

/** `?tab=silences`: what is kept quiet, by whom and until when; `expired` shows what is over, too. */
export default function SilencesTab({ url, time, alerts }: Props) {
  const { clients } = useApp();
  const now = useNow(CLOCK_MS);
  const windows = useWindows(time.tick);
  const past = url.query.has('expired');
  const onChanged = (): void => {
    outdateAlerts(clients);
    time.refreshNow();
  };
  return (
    <Known answer={alerts} source="alertmanager" height={320} now={now}>
      {(picture) => (
        <Stack direction="column" gap={3}>
          <LabelledSwitch
            label={t('alerts.silences.showExpired', 'Show what is over')}
            value={past}
            onChange={(shown) => url.change({ expired: shown ? true : null })}
          />
          <SilencesPart picture={picture} past={past} onChanged={onChanged} now={now} />
          <MaintenancePart
            alerts={picture.alerts}
            windows={windows}
            past={past}
            onChanged={onChanged}
            now={now}
          />
        </Stack>
      )}
    </Known>
  );
}
