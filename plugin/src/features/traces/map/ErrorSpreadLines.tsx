import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { errorSpread, type ErrorSpread } from '../../../domain/traces/errorSpread';
import type { ServiceMap } from '../../../domain/traces/serviceMap';
import { StatusSign } from '../../../kit/status/StatusSign';
import { errorWords } from '../traceWords';
import { nodeTitle, trafficStatus } from './mapLook';
import { getMapStyles } from './mapStyles';

type Titles = (id: string) => string;

function spreadWords({ origin, reaches }: ErrorSpread, titleOf: Titles): string {
  // Of no use is what the device wrote; the broker did its work, and nobody waits for an answer.
  if (origin.kind === 'messages')
    return t(
      'traces.map.uselessMessages',
      '{{share}} of the messages of {{client}} cannot be used in full.',
      {
        share: errorWords(origin.errorRate ?? 0),
        client: titleOf(origin.client),
        interpolation: { escapeValue: false },
      },
    );
  const begins = t('traces.map.begins', '{{server}} fails {{share}} of the calls of {{client}}.', {
    server: titleOf(origin.server),
    client: titleOf(origin.client),
    share: errorWords(origin.errorRate ?? 0),
    interpolation: { escapeValue: false },
  });
  const ends =
    reaches.length === 0
      ? t('traces.map.copes', 'Nobody above sees an error.')
      : t('traces.map.reaches', 'Errors are seen up to: {{names}}.', {
          names: reaches.map(titleOf).join(', '),
          interpolation: { escapeValue: false },
        });
  return `${begins} ${ends}`;
}

interface Props {
  readonly map: Pick<ServiceMap, 'nodes' | 'edges'>;
  /** So many are told of, the worst first. */
  readonly most: number;
}

/** Where errors begin and how far up they are seen; one calm line where nothing fails. */
export function ErrorSpreadLines({ map, most }: Props) {
  const styles = useStyles2(getMapStyles);
  const titles = new Map(map.nodes.map((node) => [node.id, nodeTitle(node)]));
  const titleOf: Titles = (id) => titles.get(id) ?? id;
  const spreads = errorSpread(map);
  if (spreads.length === 0)
    return <p className={styles.caption}>{t('traces.map.noErrors', 'No call between them failed.')}</p>;
  return (
    <ul className={styles.spread} aria-label={t('traces.map.spread', 'How errors spread')}>
      {spreads.slice(0, most).map((spread) => (
        <li key={`${spread.origin.client} ${spread.origin.server}`}>
          <StatusSign status={trafficStatus(spread.origin)}>{spreadWords(spread, titleOf)}</StatusSign>
        </li>
      ))}
      {spreads.length > most && (
        <li className={styles.quiet}>
          {t('traces.map.more', 'and {{count}} more', { count: spreads.length - most })}
        </li>
      )}
    </ul>
  );
}
