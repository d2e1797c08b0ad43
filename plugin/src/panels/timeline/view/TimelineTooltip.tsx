import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { colorOfStatus } from '../../../kit/frames/colors';
import { Glyph } from '../../../kit/legend/Glyph';
import type { DeviceAction } from '../../../kit/targets/actions';
import { FloatingBox } from '../../../kit/targets/FloatingBox';
import type { Box } from '../../../kit/targets/place';
import type { Targets } from '../../../kit/targets/targets';
import { TooltipLinks } from '../../../kit/targets/TooltipLinks';
import { getTooltipStyles } from '../../../kit/targets/tooltipStyles';
import { clockWords } from '../../../kit/time/timeWords';
import { alertsIn } from '../data/alerts';
import type { Mark } from '../data/marks';
import type { TimelineSet } from '../data/row';
import type { Stretch } from './spot';
import { categoryOf, wordsOf } from './words';

/** More alerts are counted only. */
const MOST_ALERTS = 5;

interface Props {
  readonly set: TimelineSet;
  readonly stretch: Stretch;
  /** What the tooltip stands beside, in the screen's coordinates. */
  readonly place: Box;
  readonly marks: readonly Mark[];
  readonly timeZone: string;
  /** Links and actions to choose from, in a tooltip that stays. */
  readonly choice?: Targets | undefined;
  readonly onAsk: (action: DeviceAction) => void;
  readonly onClose: () => void;
}

function Alerts({ set, stretch, timeZone }: Pick<Props, 'set' | 'stretch' | 'timeZone'>) {
  const styles = useStyles2(getStyles);
  const alerts = alertsIn(stretch.row.alerts, stretch);
  if (alerts.length === 0) return null;
  const time = (at: number) => clockWords(at, set.range.to, timeZone);
  return (
    <div className={styles.part}>
      <div className={styles.head}>{t('timeline.tooltip.alerts', 'Alerts in this time')}</div>
      {alerts.slice(0, MOST_ALERTS).map(({ name, severity, from, to }, index) => (
        <div key={index}>
          {name} {severity !== '' && <span className={styles.soft}>{severity}</span>} {time(from)} –{' '}
          {time(to)}
        </div>
      ))}
      {alerts.length > MOST_ALERTS && (
        <div className={styles.soft}>
          {t('timeline.tooltip.more-alerts', 'and {{number}} more', { number: alerts.length - MOST_ALERTS })}
        </div>
      )}
    </div>
  );
}

/** What is known of one stretch of one row, beside it. */
export function TimelineTooltip(props: Props) {
  const { set, stretch, place, marks, timeZone, choice, onAsk, onClose } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { row } = stretch;
  const category = categoryOf(set, stretch);
  const words = wordsOf(set, stretch, timeZone);
  const name = row.name || t('timeline.row.unnamed', '(no name)');
  return (
    <FloatingBox place={place} label={name} isPinned={choice !== undefined} onClose={onClose}>
      <div className={styles.name}>{name}</div>
      {row.id !== null && row.id !== row.name && <div className={styles.id}>{row.id}</div>}
      <div className={styles.state}>
        <Glyph
          status={category?.status ?? 'nodata'}
          color={category?.color ?? colorOfStatus(theme, 'nodata')}
          size={14}
        />
        <span>{words.state}</span>
        {words.value !== undefined && <span className={styles.soft}>{words.value}</span>}
      </div>
      <dl className={styles.details}>
        <div>
          <dt>{t('timeline.tooltip.from', 'From')}</dt>
          <dd>{words.from}</dd>
        </div>
        <div>
          <dt>{t('timeline.tooltip.to', 'To')}</dt>
          <dd>{words.to}</dd>
        </div>
        <div>
          <dt>{t('timeline.tooltip.duration', 'Duration')}</dt>
          <dd>{words.duration}</dd>
        </div>
      </dl>
      <Alerts set={set} stretch={stretch} timeZone={timeZone} />
      {marks.map(({ text, from }, index) => (
        <div key={index} className={styles.part}>
          {clockWords(from, set.range.to, timeZone)} {text}
        </div>
      ))}
      {choice !== undefined && <TooltipLinks targets={choice} onAsk={onAsk} />}
    </FloatingBox>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  ...getTooltipStyles(theme),
  part: css({
    marginTop: theme.spacing(0.5),
    paddingTop: theme.spacing(0.5),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    overflowWrap: 'anywhere',
  }),
  head: css({ color: theme.colors.text.secondary }),
  soft: css({ color: theme.colors.text.secondary }),
});
