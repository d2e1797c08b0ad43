import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import { pastAlertKey, type PastAlert } from '../../../domain/alerts/pastAlert';
import { getHistoryStyles } from './historyLayout';
import { HistoryRow } from './HistoryRow';
import { listWindow, scrollToShow } from './historyWindow';
import { ScrollTable } from '../../../kit/list/ScrollTable';
import { withKeys } from '../../../kit/uniqueKeys';

interface Props {
  /** Newest first. */
  readonly alerts: readonly PastAlert[];
  /** `pastAlertKey` of the one whose life is shown. */
  readonly openKey: string | null;
  readonly onOpen: (key: string | null) => void;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly rangeEnd: number;
}

/** The alerts of the past as a list of which only the rows in sight are drawn. */
export function HistoryList({ alerts, openKey, onOpen, tick, now, rangeEnd }: Props) {
  const styles = useStyles2(getHistoryStyles);
  const box = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const open = openKey === null ? -1 : alerts.findIndex((alert) => pastAlertKey(alert) === openKey);
  const { first, end, above, below } = listWindow(scrollTop, alerts.length, open);
  // What is opened, by hand or by a link, is brought into sight with its life below it.
  useEffect(() => {
    if (box.current === null || open < 0) return;
    box.current.scrollTop = scrollToShow(box.current.scrollTop, open);
    // Only when another one is opened: new alerts on top must not move the list under the reader.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [openKey]);
  const title = t('alerts.history.list', 'Alerts of this range');
  const headings = [
    t('alerts.history.severity', 'Severity'),
    t('alerts.history.name', 'Name'),
    t('alerts.history.device', 'Device'),
    t('alerts.history.began', 'Began, lasted'),
    t('alerts.history.acknowledgedBy', 'Acknowledged'),
    t('alerts.history.knownFrom', 'Known from'),
  ];
  return (
    <ScrollTable
      label={title}
      count={alerts.length}
      head={
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row}>
            {headings.map((heading) => (
              <div key={heading} role="columnheader">
                {heading}
              </div>
            ))}
          </div>
        </div>
      }
      above={above}
      below={below}
      onScroll={setScrollTop}
      boxRef={box}
      className={styles.scroll}
      tableClassName={styles.table}
    >
      {withKeys(alerts.slice(first, end), pastAlertKey).map(({ key: rowKey, item: alert }, place) => {
        const key = pastAlertKey(alert);
        return (
          <HistoryRow
            key={rowKey}
            alert={alert}
            open={key === openKey}
            onToggle={() => onOpen(key === openKey ? null : key)}
            index={first + place + 2}
            tick={tick}
            now={now}
            rangeEnd={rangeEnd}
          />
        );
      })}
    </ScrollTable>
  );
}
