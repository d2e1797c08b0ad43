import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { Collector } from '../../api/exporterTypes';
import { Missing } from '../../kit/states/Missing';
import { workWords } from '../../kit/time/timeWords';
import { Since } from '../../kit/time/Since';
import { StatusSign } from '../../kit/status/StatusSign';
import { collectorWords } from '../../features/system/collectorWords';
import { collectorStatus } from './scoreLook';

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', position: 'relative' }),
  table: css({
    width: '100%',
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: theme.spacing(0.75, 2, 0.75, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    },
    '& th': { fontWeight: theme.typography.fontWeightMedium },
  }),
  words: css({ overflowWrap: 'anywhere', minWidth: '20em' }),
  number: css({ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
});

interface Props {
  readonly collectors: readonly Collector[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Every source that the exporter can collect: how it goes, in words. */
export function CollectorsPart({ collectors, now }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.scroll}>
      <h2>{t('system.collectors.title', 'Collectors')}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('system.collectors.name', 'Name')}</th>
            <th scope="col">{t('system.collectors.lastSuccess', 'Last success')}</th>
            <th scope="col">{t('system.collectors.duration', 'Duration')}</th>
            <th scope="col">{t('system.collectors.state', 'State')}</th>
          </tr>
        </thead>
        <tbody>
          {collectors.map((collector) => (
            <CollectorRow key={collector.name} collector={collector} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CollectorRow({ collector, now }: { readonly collector: Collector; readonly now: number }) {
  const styles = useStyles2(getStyles);
  const { name, state, target, lastSuccess, lastDurationSeconds } = collector;
  const off = state === 'not_configured';
  const never = off
    ? t('system.collectors.off', 'Not configured')
    : t('system.collectors.never', 'It never succeeded');
  return (
    <tr>
      <td title={target ?? undefined}>{name}</td>
      <td>
        <Since at={lastSuccess} now={now} missing={never} />
      </td>
      <td className={styles.number}>
        {lastDurationSeconds === null ? (
          <Missing reason={off ? never : t('system.collectors.noAttempt', 'No attempt has finished yet')} />
        ) : (
          workWords(lastDurationSeconds)
        )}
      </td>
      <td className={styles.words}>
        <StatusSign status={collectorStatus(state)}>{collectorWords(collector, now)}</StatusSign>
      </td>
    </tr>
  );
}
