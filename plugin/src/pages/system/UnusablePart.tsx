import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { UnusableMessage } from '../../api/exporterTypes';
import { Known, useAnswer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { DeviceLink } from '../../kit/links/DeviceLink';
import { Since } from '../../kit/time/Since';
import { numberWords } from '../../kit/words/numbers';

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({ overflowX: 'auto', position: 'relative' }),
  table: css({
    width: '100%',
    '& th, & td': {
      textAlign: 'left',
      verticalAlign: 'top',
      padding: theme.spacing(0.75, 2, 0.75, 0),
      borderBottom: `1px solid ${theme.colors.border.weak}`,
      overflowWrap: 'anywhere',
    },
    '& th': { fontWeight: theme.typography.fontWeightMedium, whiteSpace: 'nowrap' },
  }),
  sample: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.secondary,
    minWidth: '14em',
  }),
});

interface Props {
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Which device sends over MQTT what cannot be used, and what it looks like; nothing where there is none. */
export function UnusablePart({ tick, now }: Props) {
  const { clients } = useApp();
  const load = useCallback((signal: AbortSignal) => clients.exporter.unusable(signal), [clients]);
  const answer = useAnswer(load, tick);
  return (
    <Known answer={answer} source="exporter" height={0} now={now} brief>
      {(messages) => (messages.length === 0 ? null : <Messages messages={messages} now={now} />)}
    </Known>
  );
}

function Messages({
  messages,
  now,
}: {
  readonly messages: readonly UnusableMessage[];
  readonly now: number;
}) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.scroll}>
      <h2>{t('system.unusable.title', 'MQTT messages that cannot be used')}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('system.unusable.device', 'Device or topic')}</th>
            <th scope="col">{t('system.unusable.reason', 'Reason')}</th>
            <th scope="col">{t('system.unusable.payload', 'Newest payload')}</th>
            <th scope="col">{t('system.unusable.count', 'How often')}</th>
            <th scope="col">{t('system.unusable.last', 'Last')}</th>
          </tr>
        </thead>
        <tbody>
          {messages.map(({ reason, words, topic, deviceId, metric, sample, count, lastAt }) => (
            <tr key={`${reason} ${topic} ${metric ?? ''}`}>
              <td title={topic}>
                {deviceId === null ? <bdi>{topic}</bdi> : <DeviceLink deviceId={deviceId} name="" />}
              </td>
              <td>
                <bdi>{metric === null ? words : `${metric}: ${words}`}</bdi>
              </td>
              <td className={styles.sample}>
                <bdi>{sample ?? t('system.unusable.tooLarge', 'too large to keep')}</bdi>
              </td>
              <td>{numberWords(count)}</td>
              <td>
                <Since at={lastAt} now={now} missing="" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
