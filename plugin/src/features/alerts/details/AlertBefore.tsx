import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { BeforeEntry } from '../../../domain/alerts/before';
import { Known, useAnswer } from '../../../kit/answer';
import { useApp } from '../../../kit/app/appContext';
import { clockWords, fullTime } from '../../../kit/time/timeWords';
import { withKeys } from '../../../kit/uniqueKeys';
import { beforeKindWords } from './beforeWords';
import { getDetailsStyles } from './detailsStyles';

interface Props {
  readonly alert: Pick<AlertRow, 'fingerprint'>;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface EntryProps {
  readonly entry: BeforeEntry;
  readonly now: number;
}

function Entry({ entry, now }: EntryProps) {
  const styles = useStyles2(getDetailsStyles);
  const { timeZone } = useApp();
  const { at, title, detail, deviceId } = entry;
  return (
    <li className={styles.event}>
      <time dateTime={new Date(at).toISOString()} title={fullTime(at, timeZone)} className={styles.quiet}>
        {clockWords(at, now, timeZone)}
      </time>
      <span>
        <span className={styles.quiet}>{beforeKindWords(entry)}</span>{' '}
        <bdi>{deviceId === null ? title : `${title} · ${deviceId}`}</bdi>
        {detail !== '' && (
          <>
            {': '}
            <bdi>{detail}</bdi>
          </>
        )}
      </span>
    </li>
  );
}

function Entries({ entries, now }: { readonly entries: readonly BeforeEntry[]; readonly now: number }) {
  const styles = useStyles2(getDetailsStyles);
  if (entries.length === 0)
    return (
      <p className={styles.quiet}>
        {t('alerts.before.nothing', 'Nothing that the exporter knows of in the ten minutes before.')}
      </p>
    );
  return (
    <ol className={styles.life}>
      {withKeys(entries, ({ at, kind, title }) => `${at} ${kind} ${title}`).map(({ key, item }) => (
        <Entry key={key} entry={item} now={now} />
      ))}
    </ol>
  );
}

/** Height of two lines, kept before the answer. */
const HEIGHT = 44;

/** What changed in the ten minutes before an alert of the store began: what may have caused it, the last first. */
export function AlertBefore({ alert: { fingerprint }, tick, now }: Props) {
  const styles = useStyles2(getDetailsStyles);
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) => (await clients.alertStore.before(fingerprint, signal)) ?? [],
    [clients, fingerprint],
  );
  const answer = useAnswer(load, tick);
  return (
    <section>
      <h4 className={styles.title}>{t('alerts.before.title', 'What changed before it')}</h4>
      <Known answer={answer} source="exporter" height={HEIGHT} now={now} brief>
        {(entries) => <Entries entries={entries} now={now} />}
      </Known>
    </section>
  );
}
