import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { useNow } from '../../kit/time/useNow';
import { RowActions } from './actions/RowActions';
import { Notice } from '../../kit/states/Notice';
import { useActions } from './actions/useActions';
import { Counts } from './list/Counts';
import { AlertLines } from './list/AlertLines';
import { linesOf } from './data/lines';
import type { Picture } from './data/picture';
import { fillIn } from './data/select';
import type { AlertsOptions } from './options/options';
import { EmptyWords } from './states/EmptyWords';
import { Problems } from './states/Problems';

/** Lower panels keep their space for the list. */
const LEAST_COUNTS_HEIGHT = 110;
/** Durations are renewed this often, milliseconds. */
const CLOCK_MS = 10_000;

type Props = Pick<PanelProps<AlertsOptions>, 'options' | 'width' | 'height' | 'replaceVariables'> & {
  readonly picture: Picture;
  /** Why the picture is older than it should be. */
  readonly error?: string | undefined;
  /** Asks again, after something was done here; without it nothing can be done here. */
  readonly onChanged?: (() => void) | undefined;
};

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    overflow: 'hidden',
    fontSize: theme.typography.bodySmall.fontSize,
  }),
});

/** The alerts by the options of the panel: counts, list, and what is to be said when there is none. */
export function AlertsView({ options, width, height, replaceVariables, picture, error, onChanged }: Props) {
  const styles = useStyles2(getStyles);
  const now = useNow(CLOCK_MS);
  const matchers = fillIn(options.matchers, replaceVariables);
  const shown = useMemo(() => linesOf(picture, options, matchers), [picture, options, matchers]);
  const actions = useActions(picture, onChanged);
  const hasActions = options.showActions && onChanged !== undefined && options.mode === 'current';
  return (
    <div className={styles.panel} style={{ width, height }}>
      {error !== undefined && <Notice text={error} />}
      <Problems problems={picture.problems} isEmpty={shown.total === 0} height={height} now={now} />
      {options.showCounts && height >= LEAST_COUNTS_HEIGHT && shown.total > 0 && (
        <Counts shown={shown} mode={options.mode} />
      )}
      {shown.total === 0 ? (
        <EmptyWords shown={shown} picture={picture} mode={options.mode} now={now} height={height} />
      ) : (
        <AlertLines
          shown={shown}
          options={options}
          width={width}
          now={now}
          marks={actions.marks}
          actionsOf={hasActions ? (line) => <RowActions alert={line.alert} actions={actions} /> : undefined}
        />
      )}
      {actions.dialog}
    </div>
  );
}
