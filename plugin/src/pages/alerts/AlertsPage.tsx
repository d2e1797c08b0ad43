import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack, Tab, TabContent, TabsBar, useStyles2 } from '@grafana/ui';
import { lazy, Suspense, type ReactNode } from 'react';
import { isMuted } from '../../domain/alerts/alert';
import type { AlertPicture } from '../../features/alerts/data/alertLoader';
import { useAlerts } from '../../features/alerts/data/useAlerts';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { Skeleton } from '../../kit/states/Skeleton';
import { newest, type Answer } from '../../kit/answer';
import { usePageTime, type PageTime } from '../../kit/time/usePageTime';
import { ViewsButton } from '../../kit/views/ViewsButton';
import { useUrlQuery, type UrlQuery } from '../../kit/useUrlQuery';
import { ActiveTab } from './active/ActiveTab';
import { TestChain } from './dialogs/TestChain';
import { ALERT_TABS, readTab, tabQuery, type AlertTab } from './tabs';

const getStyles = (theme: GrafanaTheme2) => ({
  content: css({ paddingTop: theme.spacing(2) }),
  // On a phone they stand in two rows: none of them is cut.
  tabs: css({ '[role="tablist"]': { flexWrap: 'wrap', height: 'auto' } }),
});
const HistoryTab = lazy(() => import('./history/HistoryTab'));
const SilencesTab = lazy(() => import('./silences/SilencesTab'));
const RulesTab = lazy(() => import('./rules/RulesTab'));

/** Of the address, what is no part of a saved view: what is opened. */
const PASSING = ['alert', 'rule'];

function tabWord(tab: AlertTab): string {
  switch (tab) {
    case 'active':
      return t('alerts.active.tab', 'Active');
    case 'history':
      return t('alerts.active.tabHistory', 'History');
    case 'silences':
      return t('alerts.active.tabSilences', 'Silences');
    case 'rules':
      return t('alerts.active.tabRules', 'Rules');
  }
}

/** The number beside a tab's name; undefined while it is not known. */
function tabCount(tab: AlertTab, picture: AlertPicture | undefined): number | undefined {
  if (picture === undefined) return undefined;
  if (tab === 'active') return picture.alerts.filter((alert) => !isMuted(alert)).length;
  if (tab === 'silences') return picture.silences.filter(({ state }) => state === 'active').length;
  return undefined;
}

interface ContentProps {
  readonly tab: AlertTab;
  readonly url: UrlQuery;
  readonly time: PageTime;
  readonly alerts: Answer<AlertPicture>;
}

function TabBody({ tab, url, time, alerts }: ContentProps): ReactNode {
  switch (tab) {
    case 'active':
      return <ActiveTab url={url} time={time} alerts={alerts} />;
    case 'history':
      return <HistoryTab url={url} time={time} />;
    case 'silences':
      return <SilencesTab url={url} time={time} alerts={alerts} />;
    case 'rules':
      return <RulesTab url={url} time={time} alerts={alerts} />;
  }
}

/** `alerts`: what fires, what fired, what is silenced, and the rules behind it; the tab is part of the address. */
export default function AlertsPage() {
  const url = useUrlQuery();
  const time = usePageTime(url);
  const alerts = useAlerts(time.tick);
  const { value: picture } = newest(alerts);
  const tab = readTab(url.query.get('tab'));
  const styles = useStyles2(getStyles);
  return (
    <PluginPage
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <ViewsButton page="alerts" url={url} passing={PASSING} />
          <PageToolbar time={time} loading={alerts.loading} />
          <TestChain />
        </Stack>
      }
    >
      <TabsBar className={styles.tabs}>
        {ALERT_TABS.map((name) => {
          const counter = tabCount(name, picture);
          return (
            <Tab
              key={name}
              label={tabWord(name)}
              active={name === tab}
              {...(counter === undefined ? {} : { counter })}
              href={`?${tabQuery(url.query, name)}`}
              onChangeTab={(event) => {
                event.preventDefault();
                url.change({ tab: name === 'active' ? null : name, alert: null, rule: null }, { push: true });
              }}
            />
          );
        })}
      </TabsBar>
      <TabContent className={styles.content}>
        <PartBoundary key={tab} name={tabWord(tab)}>
          <Suspense fallback={<Skeleton height={480} />}>
            <TabBody tab={tab} url={url} time={time} alerts={alerts} />
          </Suspense>
        </PartBoundary>
      </TabContent>
    </PluginPage>
  );
}
