import { locationUtil } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { devicePath } from '../../../api/pluginId';
import { alertStateWord, mutedWords, acknowledgedWords } from '../../../features/alerts/list/alertWords';
import type { RowMark } from '../../../features/alerts/list/rowMark';
import { severityColor, severityGlyph, severityWord } from '../../../features/alerts/list/severityLook';
import { refusalWords, sendingWords } from '../../../features/alerts/list/refusalWords';
import { Since } from '../../../kit/time/Since';
import type { Line } from '../data/changes';
import type { AlertsOptions } from '../options/options';
import { alertHref, changeWord } from './lineWords';
import { getLineStyles, NARROW, TINY } from './lineStyles';
import { canFollowLinks } from '../../../kit/links/audience';
import { alertKind, isByPlatform } from '../../../domain/alerts/alert';
import { alertValueWords } from '../../../features/alerts/list/alertValueWords';

interface Props {
  readonly line: Line;
  readonly options: AlertsOptions;
  readonly width: number;
  readonly now: number;
  readonly mark: RowMark | undefined;
  readonly actions: ReactNode;
}

/** Labels that the options ask for; a device leads to its page. */
function Labels({ line: { alert }, names }: { readonly line: Line; readonly names: readonly string[] }) {
  const styles = useStyles2(getLineStyles);
  return names.map((name) => {
    const value = alert.labels[name];
    if (value === undefined || value === '') return null;
    const title = `${name}: ${value}`;
    return name === 'device_id' && canFollowLinks() ? (
      <a
        key={name}
        className={styles.label}
        title={title}
        href={locationUtil.assureBaseUrl(devicePath(value))}
      >
        <bdi>{value}</bdi>
      </a>
    ) : (
      <span key={name} className={styles.label} title={title}>
        <bdi>{value}</bdi>
      </span>
    );
  });
}

/** What became of the alert, in words: who has it, who is not told, what is under way. */
function badgesOf({ alert, change, by, comment }: Line): string[] {
  if (isByPlatform({ by, comment })) return [acknowledgedWords({ by, comment }), ...mutedWords(alert)];
  const who =
    by === ''
      ? ''
      : ` ${t('alerts.panel.by', 'by {{who}}', { who: by, interpolation: { escapeValue: false } })}`;
  const why = comment === '' ? '' : `: ${comment}`;
  if (change !== undefined) return [`${changeWord(change)}${who}${why}`];
  const state = alert.state === 'active' ? [] : [`${alertStateWord(alert.state)}${who}${why}`];
  return [...state, ...mutedWords(alert)];
}

/** One alert, or one thing that happened to it. Names from outside stay text and keep their direction to themselves. */
export function AlertLine({ line, options, width, now, mark, actions }: Props) {
  const styles = useStyles2(getLineStyles);
  const theme = useTheme2();
  const { alert, at } = line;
  const isWide = options.density === 'wide';
  const isOver = line.change === 'resolved';
  // What is over is no warning any more, and a severity is nothing green.
  const color = isOver ? theme.colors.success.text : severityColor(theme, alert.severity);
  const name = alertKind(alert) || t('alerts.panel.noName', '(no name)');
  const badges = badgesOf(line);
  const value = alertValueWords(alert.value, alert.valueUnit);
  const summary =
    value === undefined ? alert.summary : `${alert.summary}${alert.summary === '' ? '' : ' · '}${value}`;
  const noted = badges.length > 0 && (
    <span className={styles.badge} title={badges.join(' · ')}>
      {badges.join(' · ')}
    </span>
  );
  const marked = mark !== undefined && (
    <span className={mark.kind === 'refused' ? styles.refused : styles.badge} role="status">
      {mark.kind === 'sending' ? sendingWords(mark.action) : refusalWords(mark.action, mark.refusal)}
    </span>
  );
  return (
    <>
      <span
        className={styles.sign}
        style={{ color }}
        title={severityWord(alert.severity)}
        {...(width < NARROW
          ? { role: 'img', 'aria-label': severityWord(alert.severity) }
          : { 'aria-hidden': true })}
      >
        {isOver ? '●' : severityGlyph(alert.severity)}
      </span>
      {width >= NARROW && (
        <bdi className={styles.severity} style={isOver ? undefined : { color }}>
          {severityWord(alert.severity)}
        </bdi>
      )}
      <div className={styles.what}>
        <div className={styles.first}>
          {canFollowLinks() ? (
            <a className={styles.name} href={alertHref(alert)} title={alert.name}>
              <bdi>{name}</bdi>
            </a>
          ) : (
            <bdi className={styles.name} title={alert.name}>
              {name}
            </bdi>
          )}
          <Labels line={line} names={options.labels} />
          {!isWide && <bdi className={styles.text}>{summary}</bdi>}
          {!isWide && noted}
          {marked}
        </div>
        {isWide && (
          <div className={styles.first}>
            {noted}
            <bdi className={styles.text} title={summary}>
              {summary}
            </bdi>
          </div>
        )}
      </div>
      <span className={width < TINY ? styles.duration : styles.since}>
        <Since
          at={Number.isNaN(at) ? null : at}
          now={now}
          missing={t('alerts.panel.noStart', 'The answer does not say since when')}
        />
      </span>
      {actions !== undefined && width >= TINY && <span className={styles.actions}>{actions}</span>}
    </>
  );
}
