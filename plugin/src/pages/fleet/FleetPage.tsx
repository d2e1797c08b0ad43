import { PageLayoutType } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack } from '@grafana/ui';
import { useMemo, type ReactNode } from 'react';
import type { FleetAnswer } from '../../features/fleet/loadFleet';
import { problemOf } from '../../domain/problem';
import { OldPicture } from '../../kit/states/OldPicture';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { Skeleton } from '../../kit/states/Skeleton';
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
import { Welcome } from '../../kit/states/Welcome';

/** Durations on the page are renewed this often, milliseconds. */
const CLOCK_MS = 10_000;
/** A picture this near to the present is the present, milliseconds. */
const PRESENT_MS = 120_000;

function Loading() {
  return (
    <Stack direction="column" gap={2}>
      <Skeleton height={240} />
      <Skeleton height={360} />
      <Skeleton height={520} />
    </Stack>
  );
}

interface ContentProps {
  readonly answer: FleetAnswer;
  readonly url: UrlQuery;
  readonly time: PageTime;
}

function isUnconfigured({ picture, problems }: FleetAnswer): boolean {
  return (
    picture === undefined &&
    problems.some(({ kind, source }) => kind === 'not-configured' && source === 'exporter')
  );
}

function Content({ answer, url, time }: ContentProps): ReactNode {
  const now = useNow(CLOCK_MS);
  const filter = useMemo(() => readFilter(url.query), [url.query]);
  const kiosk = useMemo(() => readKiosk(url.query), [url.query]);
  const { picture, old } = answer;
  if (isUnconfigured(answer)) return <Welcome />;
  const notices = <FleetNotices answer={answer} now={now} />;
  if (picture === undefined) return answer.problems.length === 0 ? <NoPicture /> : notices;
  const asOf = now - picture.at > PRESENT_MS ? picture.at : undefined;
  const view = { picture, filter, asOf, now, range: time.range, tick: time.tick };
  return (
    <>
      {notices}
      <OldPicture old={old}>
        {picture.devices.length === 0 && <EmptyFleet />}
        {picture.devices.length > 0 &&
          (kiosk.on ? <KioskBody {...view} kiosk={kiosk} /> : <FleetBody {...view} url={url} />)}
      </OldPicture>
    </>
  );
}

/** `fleet`: do I need to act, where, since when? */
export default function FleetPage() {
  const url = useUrlQuery();
  const time = usePageTime(url);
  const { value, error, loading } = useFleet(time.range, time.tick);
  const kiosk = readKiosk(url.query).on;
  return (
    <PluginPage
      pageNav={{ text: t('fleet.title', 'Fleet') }}
      {...(kiosk ? { layout: PageLayoutType.Custom, renderTitle: () => null } : {})}
      actions={
        kiosk ? undefined : (
          <PageToolbar
            time={time}
            loading={loading}
            onKiosk={() => url.change({ kiosk: true }, { push: true })}
          />
        )
      }
    >
      {error !== undefined && <ProblemNotice problem={problemOf(error, 'prometheus')} />}
      {value === undefined && error === undefined && <Loading />}
      {value !== undefined && <Content answer={value} url={url} time={time} />}
    </PluginPage>
  );
}
