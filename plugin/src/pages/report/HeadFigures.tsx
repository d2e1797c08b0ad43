import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { meanTimeBetween, type Availability } from '../../domain/fleet/availability';
import { Missing } from '../../kit/states/Missing';
import { durationWords } from '../../kit/time/timeWords';
import { numberWords } from '../../kit/words/numbers';
import { availabilityWords, recoveryWords } from './figureWords';
import { unmeasured, untroubled } from './FigureTable';
import { getReportStyles } from './reportStyles';

interface Props {
  readonly all: Availability;
  /** Of a fleet; undefined in the report of one device. */
  readonly devices?: { readonly total: number; readonly troubled: number } | undefined;
  /** Seconds that a point stands for. */
  readonly step: number;
}

/** The answer in a line of figures, and what they mean. */
export function HeadFigures({ all, devices, step }: Props) {
  const styles = useStyles2(getReportStyles);
  const between = meanTimeBetween(all);
  return (
    <section className={styles.section}>
      <dl className={styles.figures}>
        <div>
          <dt>{t('report.availability', 'Availability')}</dt>
          <dd>{availabilityWords(all) ?? <Missing reason={unmeasured()} />}</dd>
        </div>
        {devices !== undefined && (
          <div>
            <dt>{t('report.devices', 'Devices, and how many of them were in trouble')}</dt>
            <dd>
              {numberWords(devices.total)} · {numberWords(devices.troubled)}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('report.troubles', 'Troubles')}</dt>
          <dd>{numberWords(all.troubles)}</dd>
        </div>
        <div>
          <dt>{t('report.recovery', 'Mean time to recover')}</dt>
          <dd>{recoveryWords(all) ?? <Missing reason={untroubled()} />}</dd>
        </div>
        <div>
          <dt>{t('report.between', 'Mean time between troubles')}</dt>
          <dd>{between === undefined ? <Missing reason={untroubled()} /> : durationWords(between * 1000)}</dd>
        </div>
      </dl>
      <p className={styles.note}>
        {t(
          'report.meaning',
          'Available is online or warning, in trouble is error or offline; maintenance and unknown count for neither. The status was looked at every {{step}}: what was shorter may be missing. A trouble that goes on counts as long as it has lasted.',
          { step: durationWords(step * 1000) },
        )}
      </p>
    </section>
  );
}
