import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { MaintenanceWindow } from '../../../domain/alerts/silence';
import type { WindowLine } from '../../../domain/alerts/silenceView';
import { EditorButton } from '../../../features/alerts/list/EditorButton';
import { DeviceLink } from '../../../kit/links/DeviceLink';
import { EndWords } from './EndWords';
import { QuietAlerts } from './QuietAlerts';
import { getSilenceStyles } from './silenceStyles';
import { StateWord } from './StateWord';

/** More devices than this are named by their number. */
const MOST_DEVICES = 10;

const PLAIN = { interpolation: { escapeValue: false } } as const;

function Covered({ window }: { readonly window: MaintenanceWindow }) {
  const { devices, deviceTypes, locations } = window;
  const more = devices.length - MOST_DEVICES;
  return (
    <>
      {devices.slice(0, MOST_DEVICES).map((deviceId) => (
        <DeviceLink key={deviceId} deviceId={deviceId} name="" />
      ))}
      {more > 0 && (
        <div>{t('alerts.maintenance.moreDevices', '{{count}} more devices', { count: more })}</div>
      )}
      {deviceTypes.map((type) => (
        <div key={type}>
          <bdi>{t('alerts.maintenance.type', 'type {{type}}', { type, ...PLAIN })}</bdi>
        </div>
      ))}
      {locations.map((location) => (
        <div key={location}>
          <bdi>{t('alerts.maintenance.location', 'location {{location}}', { location, ...PLAIN })}</bdi>
        </div>
      ))}
    </>
  );
}

interface Props {
  readonly lines: readonly WindowLine[];
  /** Why the last try to end a window was refused, by id. */
  readonly refusals: ReadonlyMap<string, string>;
  readonly onEnd: (window: MaintenanceWindow) => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Maintenance windows, the next to end on top. */
export function WindowTable({ lines, refusals, onEnd, now }: Props) {
  const styles = useStyles2(getSilenceStyles);
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('alerts.maintenance.title', 'Maintenance windows')}>
        <thead>
          <tr>
            <th scope="col">{t('alerts.maintenance.column.state', 'State')}</th>
            <th scope="col">{t('alerts.maintenance.column.covers', 'Covers')}</th>
            <th scope="col">{t('alerts.maintenance.column.why', 'Why, and who')}</th>
            <th scope="col">{t('alerts.maintenance.column.ends', 'Ends')}</th>
            <th scope="col">{t('alerts.maintenance.column.quiet', 'Quiet now')}</th>
            <th scope="col">
              <span className="sr-only">{t('alerts.maintenance.column.actions', 'Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ window, state, alerts }) => (
            <tr key={window.id} className={cx(state === 'ended' && styles.faded)}>
              <td>
                <StateWord state={state} />
              </td>
              <td className={styles.words}>
                <Covered window={window} />
              </td>
              <td className={styles.words}>
                <bdi>{window.comment}</bdi>
                {' · '}
                <bdi className={styles.by}>{window.createdBy}</bdi>
                {window.endedBy !== null && (
                  <div className={styles.by}>
                    {t('alerts.maintenance.endedBy', 'ended by {{by}}', {
                      by: window.endedBy,
                      interpolation: { escapeValue: false },
                    })}
                  </div>
                )}
              </td>
              <td>
                <EndWords startsAt={window.startsAt} endsAt={window.endsAt} now={now} />
              </td>
              <td>
                <QuietAlerts alerts={alerts} />
              </td>
              <td>
                {state !== 'ended' && (
                  <div className={styles.actions}>
                    <EditorButton
                      variant="destructive"
                      fill="outline"
                      size="sm"
                      onClick={() => onEnd(window)}
                    >
                      {state === 'planned'
                        ? t('alerts.maintenance.callOff', 'Call off…')
                        : t('alerts.maintenance.end', 'End now…')}
                    </EditorButton>
                  </div>
                )}
                {refusals.has(window.id) && (
                  <p className={styles.refusal} role="alert">
                    {refusals.get(window.id)}
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
