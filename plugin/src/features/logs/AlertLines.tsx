import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { AlertRow } from '../../domain/alerts/alert';
import { getLineDetailStyles } from './lines/lineStyles';
import { alertLines, type AlertLineQuery } from './alertLineQuery';
import { logsPath } from './logsAddress';
import { RecentLines } from './RecentLines';

interface Props {
  readonly alert: AlertRow;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function Lines({ query, tick, now }: Omit<Props, 'alert'> & { readonly query: AlertLineQuery }) {
  const styles = useStyles2(getLineDetailStyles);
  const { filter, from, to } = query;
  const span = useCallback(() => ({ from, to: to ?? Date.now() }), [from, to]);
  return (
    <RecentLines
      title={<h4 className={styles.title}>{t('logs.alert.title', 'Log lines of its time')}</h4>}
      name={t('logs.alert.title', 'Log lines of its time')}
      filter={filter}
      span={span}
      allPath={logsPath(filter, { from, to: to ?? now })}
      live={false}
      tick={tick}
      now={now}
    />
  );
}

/** Lines of what an alert is about, in its time; nothing where it names neither device nor service with lines. */
export function AlertLines({ alert, tick, now }: Props) {
  const { labels, startsAt, endsAt } = alert;
  const query = useMemo(() => alertLines({ labels, startsAt, endsAt }), [labels, startsAt, endsAt]);
  return query === undefined ? null : <Lines query={query} tick={tick} now={now} />;
}
