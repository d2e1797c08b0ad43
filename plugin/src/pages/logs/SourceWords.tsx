import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useApp } from '../../kit/app/appContext';
import { clockWords, fullTime } from '../../kit/time/timeWords';
import type { LinePicture } from '../../features/logs/lineLoader';

const getStyles = (theme: GrafanaTheme2) => css({ color: theme.colors.text.secondary });

interface Props {
  readonly picture: LinePicture;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Where the lines come from, and how far back that reaches. */
export function SourceWords({ picture, now }: Props) {
  const { timeZone } = useApp();
  const style = useStyles2(getStyles);
  const { source, oldest } = picture;
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
    <span className={style} title={oldest === null ? undefined : fullTime(oldest, timeZone)}>
      {words}
    </span>
  );
}
