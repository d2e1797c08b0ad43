import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { problemOf } from '../../domain/problem';
import { Missing } from '../../kit/states/Missing';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { Skeleton } from '../../kit/states/Skeleton';
import { StatusSign } from '../../kit/status/StatusSign';
import { durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { useLoad } from '../../kit/useLoad';
import { SERVICES_QUERY, serviceValues, type ServiceValues } from './services';

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(18em, 100%), 1fr))',
  }),
  facts: css({
    display: 'grid',
    gridTemplateColumns: '1fr auto',
    columnGap: theme.spacing(2),
    margin: 0,
    '& > dt': { fontWeight: 'normal', color: theme.colors.text.secondary },
    '& > dd': { margin: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  }),
});

interface Fact {
  readonly title: string;
  readonly value: ReactNode;
}

function words(value: number, unit: string): string {
  return formattedValueToString(getValueFormat(unit)(value));
}

function upSign(value: number | undefined): ReactNode {
  if (value === undefined) return undefined;
  return value === 1 ? (
    <StatusSign status="online">{t('system.services.up', 'up')}</StatusSign>
  ) : (
    <StatusSign status="error">{t('system.services.down', 'down')}</StatusSign>
  );
}

type Show = (key: string, unit: string) => ReactNode;

function brokerFacts(values: ServiceValues, show: Show, now: number): Fact[] {
  const last = values.get('valtronics_mqtt_last_message_timestamp_seconds');
  return [
    {
      title: t('system.broker.connected', 'Exporter connected'),
      value: upSign(values.get('valtronics_mqtt_connected')),
    },
    {
      title: t('system.broker.lastMessage', 'Last message'),
      value:
        last === undefined
          ? undefined
          : t('system.ago', '{{duration}} ago', { duration: durationWords(now - last * 1000) }),
    },
    {
      title: t('system.broker.clients', 'Clients connected'),
      value: show('valtronics_broker_clients/connected', 'short'),
    },
    {
      title: t('system.broker.subscriptions', 'Subscriptions'),
      value: show('valtronics_broker_subscriptions', 'short'),
    },
    { title: t('system.uptime', 'Uptime'), value: show('valtronics_broker_uptime_seconds', 'dtdurations') },
  ];
}

function databaseFacts(show: Show): Fact[] {
  return [
    {
      title: t('system.database.used', 'Connections used'),
      value: show('valtronics_database_connections/used', 'short'),
    },
    {
      title: t('system.database.idle', 'of those idle'),
      value: show('valtronics_database_connections/idle', 'short'),
    },
    {
      title: t('system.database.max', 'Connections allowed'),
      value: show('valtronics_database_connections/max', 'short'),
    },
  ];
}

function redisFacts(values: ServiceValues, show: Show): Fact[] {
  return [
    { title: t('system.redis.up', 'Answers'), value: upSign(values.get('valtronics_redis_up')) },
    { title: t('system.redis.ping', 'Round trip'), value: show('valtronics_redis_ping_seconds', 's') },
    {
      title: t('system.redis.clients', 'Clients'),
      value: show('valtronics_redis_connected_clients', 'short'),
    },
    {
      title: t('system.redis.memory', 'Memory used'),
      value: show('valtronics_redis_memory_bytes/used', 'bytes'),
    },
    { title: t('system.uptime', 'Uptime'), value: show('valtronics_redis_uptime_seconds', 'dtdurations') },
  ];
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly Fact[] }) {
  const styles = useStyles2(getStyles);
  const missing = t(
    'system.services.missing',
    'Not measured: the source is not configured, cannot be read or does not tell',
  );
  return (
    <section>
      <h2>{title}</h2>
      <dl className={styles.facts}>
        {facts.map((fact) => [
          <dt key={`${fact.title} term`}>{fact.title}</dt>,
          <dd key={fact.title}>{fact.value ?? <Missing reason={missing} />}</dd>,
        ])}
      </dl>
    </section>
  );
}

interface Props {
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Broker, database and Redis, as Prometheus has them. */
export function ServicesPart({ tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) =>
      serviceValues(await clients.prometheus.instant(SERVICES_QUERY, Date.now(), signal)),
    [clients],
  );
  const { value, error } = useLoad(load, tick);
  if (value === undefined) {
    return error === undefined ? (
      <Skeleton height={180} />
    ) : (
      <ProblemNotice problem={problemOf(error, 'prometheus')} />
    );
  }
  const show: Show = (key, unit) => {
    const number = value.get(key);
    return number === undefined || !Number.isFinite(number) ? undefined : words(number, unit);
  };
  return (
    <div className={styles.row}>
      <Facts title={t('system.broker.title', 'Broker')} facts={brokerFacts(value, show, now)} />
      <Facts title={t('system.database.title', 'Database')} facts={databaseFacts(show)} />
      <Facts title={t('system.redis.title', 'Redis')} facts={redisFacts(value, show)} />
    </div>
  );
}
