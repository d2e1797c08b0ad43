import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback, type ReactNode } from 'react';
import { Known, useAnswer } from '../../kit/answer';
import { Missing } from '../../kit/states/Missing';
import { StatusSign } from '../../kit/status/StatusSign';
import { durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { unitWords } from '../../kit/words/numbers';
import { SERVICES_QUERY, serviceValues, type ServiceValues } from './services';

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(18em, 100%), 1fr))',
  }),
  quiet: css({ color: theme.colors.text.secondary }),
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

function upSign(value: number | undefined): ReactNode {
  if (value === undefined) return undefined;
  return value === 1 ? (
    <StatusSign status="online">{t('system.services.up', 'up')}</StatusSign>
  ) : (
    <StatusSign status="error">{t('system.services.down', 'down')}</StatusSign>
  );
}

/** Seconds as a duration. */
function lasting(seconds: number | undefined): string | undefined {
  return seconds === undefined || !Number.isFinite(seconds) ? undefined : durationWords(seconds * 1000);
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
    { title: t('system.uptime', 'Uptime'), value: lasting(values.get('valtronics_broker_uptime_seconds')) },
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
    { title: t('system.uptime', 'Uptime'), value: lasting(values.get('valtronics_redis_uptime_seconds')) },
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
      {facts.every(({ value }) => value === undefined) ? (
        <p className={styles.quiet}>{missing}</p>
      ) : (
        <dl className={styles.facts}>
          {facts.map((fact) => [
            <dt key={`${fact.title} term`}>{fact.title}</dt>,
            <dd key={fact.title}>{fact.value ?? <Missing reason={missing} />}</dd>,
          ])}
        </dl>
      )}
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
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) =>
      serviceValues(await clients.prometheus.instant(SERVICES_QUERY, Date.now(), signal)),
    [clients],
  );
  const answer = useAnswer(load, tick);
  return (
    <Known answer={answer} source="prometheus" height={180} now={now}>
      {(values) => <Services values={values} now={now} />}
    </Known>
  );
}

function Services({ values, now }: { readonly values: ServiceValues; readonly now: number }) {
  const styles = useStyles2(getStyles);
  const show: Show = (key, unit) => {
    const number = values.get(key);
    return number === undefined || !Number.isFinite(number) ? undefined : unitWords(number, unit);
  };
  return (
    <div className={styles.row}>
      <Facts title={t('system.broker.title', 'Broker')} facts={brokerFacts(values, show, now)} />
      <Facts title={t('system.database.title', 'Database')} facts={databaseFacts(show)} />
      <Facts title={t('system.redis.title', 'Redis')} facts={redisFacts(values, show)} />
    </div>
  );
}
