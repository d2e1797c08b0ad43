import { css } from '@emotion/css';
import { PageLayoutType, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack, useStyles2 } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import { APP_ROOT } from '../../api/pluginId';
import type { Span } from '../../api/prometheusClient';
import type { FleetAnswer } from '../../features/fleet/loadFleet';
import { Known } from '../../kit/answer';
import { PageButton } from '../../kit/links/PageLink';
import { OldPicture } from '../../kit/states/OldPicture';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { absoluteRange } from '../../kit/time/timeRange';
import { useNow } from '../../kit/time/useNow';
import { usePageTime, type PageTime } from '../../kit/time/usePageTime';
import { useUrlQuery, type UrlQuery } from '../../kit/useUrlQuery';
import { EmptyFleet, NoPicture } from './EmptyFleet';
import { readFilter } from './filter';
import { FleetBody } from './FleetBody';
import { FleetNotices } from './FleetNotices';
import { KioskBody } from './KioskBody';
import { readKiosk } from './kiosk';
import { useFleet } from './useFleet';
import { ViewsButton } from '../../kit/views/ViewsButton';
import { Welcome } from '../../kit/states/Welcome';

/** Durations on the page are renewed this often, milliseconds. */
const CLOCK_MS = 10_000;
/** Of the page before anything is known, pixels: nothing jumps when it comes. */
const FIRST_HEIGHT = 1150;
/** Of the address, what is no part of a saved view. */
const PASSING = ['kiosk', 'rotate'];
/** A picture this near to the present is the present, milliseconds. */
const PRESENT_MS = 120_000;

const getStyles = (theme: GrafanaTheme2) => ({
  // The whole screen and never more: nobody scrolls a wall. What is wrong takes its room from the picture below it.
  wall: css({
    position: 'fixed',
    inset: 0,
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    padding: theme.spacing(3),
    background: theme.colors.background.canvas,
  }),
});

interface ContentProps {
  readonly answer: FleetAnswer;
  readonly url: UrlQuery;
  readonly time: PageTime;
  readonly now: number;
}

function isUnconfigured({ picture, problems }: FleetAnswer): boolean {
  return (
    picture === undefined &&
    problems.some(({ kind, source }) => kind === 'not-configured' && source === 'exporter')
  );
}

function Content({ answer, url, time, now }: ContentProps): ReactNode {
  const filter = useMemo(() => readFilter(url.query), [url.query]);
  const kiosk = useMemo(() => readKiosk(url.query), [url.query]);
  const { picture, old } = answer;
  if (isUnconfigured(answer)) return <Welcome />;
  const notices = <FleetNotices answer={answer} now={now} />;
  if (picture === undefined) return answer.problems.length === 0 ? <NoPicture /> : notices;
  const zoom = (span: Span): void => time.setRange(absoluteRange(span));
  const asOf = now - picture.at > PRESENT_MS ? picture.at : undefined;
  const view = { picture, filter, asOf, now, range: time.range, tick: time.tick };
  return (
    <>
      {notices}
      <OldPicture old={old} fill={kiosk.on}>
        {picture.devices.length === 0 && <EmptyFleet />}
        {picture.devices.length > 0 &&
          (kiosk.on ? (
            <KioskBody {...view} kiosk={kiosk} />
          ) : (
            <FleetBody {...view} url={url} onRange={zoom} />
          ))}
      </OldPicture>
    </>
  );
}

/** `fleet`: do I need to act, where, since when? */
export default function FleetPage() {
  const url = useUrlQuery();
  const time = usePageTime(url);
  const now = useNow(CLOCK_MS);
  const answer = useFleet(time.range, time.tick);
  const kiosk = readKiosk(url.query).on;
  const styles = useStyles2(getStyles);
  return (
    <PluginPage
      pageNav={{ text: t('fleet.title', 'Fleet') }}
      {...(kiosk ? { layout: PageLayoutType.Custom, renderTitle: () => null } : {})}
      actions={
        kiosk ? undefined : (
          <Stack direction="row" gap={1} wrap="wrap">
            <ViewsButton page="fleet" url={url} passing={PASSING} />
            <PageButton icon="document-info" to={`${APP_ROOT}/report`}>
              {t('report.title', 'Report')}
            </PageButton>
            <PageToolbar
              time={time}
              loading={answer.loading}
              onKiosk={() => url.change({ kiosk: true }, { push: true })}
            />
          </Stack>
        )
      }
    >
      <div className={kiosk ? styles.wall : undefined}>
        <Known answer={answer} source="prometheus" height={FIRST_HEIGHT} now={now} fill={kiosk}>
          {(value) => <Content answer={value} url={url} time={time} now={now} />}
        </Known>
      </div>
    </PluginPage>
  );
}
