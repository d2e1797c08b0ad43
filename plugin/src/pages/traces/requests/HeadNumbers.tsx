import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { DeviceStatus } from '../../../domain/fleet/deviceStatus';
import { errorWords, HIGH_ERROR_RATE, latencyWords } from '../../../features/traces/traceWords';
import { Missing } from '../../../kit/states/Missing';
import { StatusSign } from '../../../kit/status/StatusSign';
import { numberWords } from '../../../kit/words/numbers';
import type { RequestTotals } from './requestFigures';

const getStyles = (theme: GrafanaTheme2) =>
  css({
    ...theme.typography.h4,
    margin: 0,
    minHeight: '1.6em',
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(3),
    fontVariantNumeric: 'tabular-nums',
  });

/** How a share of failed requests is: the same everywhere. */
export function errorStatus(share: number): DeviceStatus {
  if (share > HIGH_ERROR_RATE) return 'error';
  return share > 0 ? 'warning' : 'online';
}

/** A rate with as many digits as mean something. */
export function rateWords(rate: number): string {
  return numberWords(rate, { maximumSignificantDigits: rate >= 1000 ? 4 : 3 });
}

/** How many requests, how many of them failed, how slow: the answer to "do I need to act?". */
export function HeadNumbers({ rate, errorRate, slow }: RequestTotals) {
  const style = useStyles2(getStyles);
  return (
    <p className={style}>
      <span>{t('traces.head.rate', '{{rate}} req/s', { rate: rateWords(rate) })}</span>
      {errorRate !== null && (
        <StatusSign status={errorStatus(errorRate)}>
          {t('traces.head.errors', '{{share}} errors', { share: errorWords(errorRate) })}
        </StatusSign>
      )}
      <span>
        {t('traces.head.slow', 'p95')}{' '}
        {slow === null ? (
          <Missing
            reason={t('traces.head.noDuration', 'Nobody measured durations: the access log has none')}
          />
        ) : (
          latencyWords(slow * 1000)
        )}
      </span>
    </p>
  );
}
