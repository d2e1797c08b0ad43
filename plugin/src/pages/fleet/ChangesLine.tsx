import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useCallback, useId, useState } from 'react';
import type { FleetPicture } from '../../features/fleet/fleetPicture';
import { loadChanges } from '../../features/fleet/loadChanges';
import { problemOf } from '../../domain/problem';
import { DeviceLink } from '../../kit/links/DeviceLink';
import { problemWords } from '../../kit/states/problemWords';
import { StatusLabel } from '../../kit/status/StatusLabel';
import { useApp } from '../../kit/app/appContext';
import { newest, useAnswer } from '../../kit/answer';
import { changeLists, type Change, type ChangeLists } from './changes';

const getStyles = (theme: GrafanaTheme2) => ({
  line: css({
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: theme.spacing(4),
  }),
  reason: css({ color: theme.colors.text.secondary }),
  lists: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(22em, 100%), 1fr))',
  }),
  list: css({ listStyle: 'none', margin: 0, maxHeight: '20em', overflowY: 'auto' }),
  entry: css({
    display: 'flex',
    gap: theme.spacing(1),
    alignItems: 'baseline',
    '& > :last-child': { minWidth: 0, flex: 1 },
  }),
});

const ORDER = ['wentOffline', 'brokeDown', 'cameBack', 'other', 'added', 'removed'] as const;
/** Always said, also when it is none. */
const ALWAYS: readonly string[] = ['wentOffline', 'cameBack', 'added', 'removed'];
/** More names than this help nobody; the table has them all. */
const MOST_NAMES = 100;

function listWords(list: keyof ChangeLists, count: number): string {
  switch (list) {
    case 'wentOffline':
      return t('fleet.changes.wentOffline', '{{count}} went offline', { count });
    case 'brokeDown':
      return t('fleet.changes.brokeDown', '{{count}} into error', { count });
    case 'cameBack':
      return t('fleet.changes.cameBack', '{{count}} came back', { count });
    case 'other':
      return t('fleet.changes.other', '{{count}} changed otherwise', { count });
    case 'added':
      return t('fleet.changes.added', '{{count}} new', { count });
    case 'removed':
      return t('fleet.changes.removed', '{{count}} removed', { count });
  }
}

function useChanges(picture: FleetPicture, tick: number) {
  const { clients } = useApp();
  const { at } = picture;
  const load = useCallback(
    (signal: AbortSignal) => loadChanges(clients.prometheus, at, signal),
    [clients, at],
  );
  const answer = useAnswer(load, tick);
  return { ...newest(answer), loading: answer.loading };
}

interface Props {
  readonly picture: FleetPicture;
  readonly tick: number;
}

/** What is different from an hour before the picture. */
export function ChangesLine({ picture, tick }: Props) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  const listsId = useId();
  const { value, error, loading } = useChanges(picture, tick);
  const lists = value === undefined ? undefined : changeLists(value, picture.devices);
  const filled = lists === undefined ? [] : ORDER.filter((list) => lists[list].length > 0);
  const reason =
    error === undefined
      ? t('fleet.changes.noHistory', 'Prometheus knows nothing of an hour before')
      : problemWords(problemOf(error, 'prometheus')).title;
  return (
    <>
      <div className={styles.line}>
        <span>{t('fleet.changes.title', 'Last hour:')}</span>
        {lists === undefined && !loading && <span className={styles.reason}>– {reason}</span>}
        {lists !== undefined && (
          <span>
            {ORDER.filter((list) => lists[list].length > 0 || ALWAYS.includes(list))
              .map((list) => listWords(list, lists[list].length))
              .join(', ')}
          </span>
        )}
        {filled.length > 0 && (
          <Button
            variant="secondary"
            fill="text"
            size="sm"
            icon={open ? 'angle-up' : 'angle-down'}
            aria-expanded={open}
            aria-controls={listsId}
            onClick={() => setOpen(!open)}
          >
            {open ? t('fleet.changes.hide', 'hide') : t('fleet.changes.show', 'show')}
          </Button>
        )}
      </div>
      <div id={listsId} className={styles.lists} hidden={!open || filled.length === 0}>
        {open &&
          lists !== undefined &&
          filled.map((list) => (
            <ChangeList key={list} title={listWords(list, lists[list].length)} changes={lists[list]} />
          ))}
      </div>
    </>
  );
}

function ChangeList({ title, changes }: { readonly title: string; readonly changes: readonly Change[] }) {
  const styles = useStyles2(getStyles);
  return (
    <section aria-label={title}>
      <h3 className={css({ fontSize: 'inherit', margin: 0 })}>{title}</h3>
      <ul className={styles.list}>
        {changes.slice(0, MOST_NAMES).map(({ deviceId, name, before, after }) => (
          <li key={deviceId} className={styles.entry}>
            {before !== undefined && <StatusLabel status={before} />}
            {before !== undefined && <span aria-hidden="true">→</span>}
            {after !== undefined && <StatusLabel status={after} />}
            <DeviceLink deviceId={deviceId} name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}
