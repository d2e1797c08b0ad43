import { t } from '@grafana/i18n';
import { useApp } from '../../kit/app/appContext';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { clockWords, fullTime } from '../../kit/time/timeWords';
import type { LinePicture } from '../../features/logs/lineLoader';

interface Props {
  readonly picture: LinePicture;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Where the lines come from, and how far back that reaches. */
export function SourceWords({ picture, now }: Props) {
  const { timeZone } = useApp();
  const { source, oldest, problem } = picture;
  const name =
    source === 'elasticsearch'
      ? t('logs.source.elasticsearch', 'Elasticsearch')
      : t('logs.source.buffer', 'buffer of the exporter');
  const words =
    oldest === null
      ? t('logs.source.words', 'source: {{name}}', { name })
      : t('logs.source.reach', 'source: {{name}}, back to {{time}}', {
          name,
          time: clockWords(oldest, now, timeZone),
        });
  return (
    <>
      {problem !== null && (
        <ProblemNotice
          problem={{ kind: 'log-store-down', source: 'exporter', detail: problem }}
          consequence={t('logs.source.instead', 'Until then these lines come from the exporter’s buffer.')}
        />
      )}
      <span title={oldest === null ? undefined : fullTime(oldest, timeZone)}>{words}</span>
    </>
  );
}
