import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { Span } from '../../../api/prometheusClient';
import { problemOf, type ProblemKind, WITHOUT_TRACES } from '../../../domain/problem';
import { Known, lastKnown, useAnswer } from '../../../kit/answer';
import { useApp } from '../../../kit/app/appContext';
import { PageLink } from '../../../kit/links/PageLink';
import { tracesPath } from '../tracesAddress';
import { getMapStyles } from './mapStyles';
import { ServiceMap } from './ServiceMap';

/** What a page about something else says of the exporter by itself. */
const SAID_ELSEWHERE: ReadonlySet<ProblemKind> = new Set(['exporter-down', 'unauthorised', 'not-allowed']);

interface Props {
  /** Of now; the same function as long as it means the same. */
  readonly span: () => Span;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** On a page about something else: nothing is drawn where there is no map. */
  readonly small?: boolean;
}

/** The service map of a span of time, as the exporter answers it. */
export function ServiceMapPart({ span, tick, now, small = false }: Props) {
  const styles = useStyles2(getMapStyles);
  const { clients } = useApp();
  const load = useCallback((signal: AbortSignal) => clients.traces.map(span(), signal), [clients, span]);
  const answer = useAnswer(load, tick);
  const { value, error } = lastKnown(answer);
  const problem = error === undefined ? undefined : problemOf(error, 'exporter').kind;
  if (problem !== undefined && WITHOUT_TRACES.has(problem)) return null;
  if (small && problem !== undefined && value === undefined && SAID_ELSEWHERE.has(problem)) return null;
  if (value !== undefined && (value.source === 'off' || (small && value.nodes.length === 0))) return null;
  const title = t('traces.map.title', 'Service map');
  return (
    <section aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {small && <PageLink to={tracesPath()}>{t('traces.map.traces', 'Traces')}</PageLink>}
      </div>
      <Known answer={answer} source="exporter" height={small ? 180 : 260} now={now} brief>
        {(map) =>
          map.nodes.length === 0 ? (
            <p className={styles.quiet}>
              {t(
                'traces.map.empty',
                'No call was seen in this time. It is drawn from the exporter’s and the gateway’s spans: send requests through the gateway, or choose a longer time.',
              )}
            </p>
          ) : (
            <ServiceMap map={map} small={small} />
          )
        }
      </Known>
    </section>
  );
}
