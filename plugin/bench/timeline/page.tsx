import {
  createDataFrame,
  createTheme,
  type DataFrame,
  DashboardCursorSync,
  DataHoverEvent,
  dateTime,
  EventBusSrv,
  FieldType,
  LoadingState,
  type PanelData,
  type PanelProps,
  ThemeContext,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import { GlobalStyles, PanelContextProvider, PortalContainer } from '@grafana/ui';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createPrepareMemory } from '../../src/kit/frames/prepare-memory';
import { prepareTimeline } from '../../src/panels/timeline/data/prepare';
import { defaultOptions, type TimelineOptions } from '../../src/panels/timeline/options/options';
import { TimelinePanel } from '../../src/panels/timeline/TimelinePanel';
import { createHistory, type HistoryShape } from './frames';

/** What the page is asked to show; tests and benchmarks call it from outside the browser. */
export interface ShowHistory extends Omit<HistoryShape, 'end' | 'length'> {
  readonly mode: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
  readonly options?: Partial<TimelineOptions>;
  readonly state?: `${LoadingState}`;
  readonly error?: string;
  readonly hasMarks?: boolean;
}

// Names lead to pages of the app only for those who may open them.
config.bootData.user.isSignedIn = true;

const END = 1_800_000_000_000;
const LENGTH = 3_600_000;
const range = { from: END - LENGTH, to: END };
const container = document.createElement('div');
document.body.append(container);
let root = createRoot(container);
let frames: DataFrame[] = [];
let themeMode: ShowHistory['mode'] = 'dark';
let theme = createTheme({ colors: { mode: themeMode } });
const eventBus = new EventBusSrv();
/** What the panel asked the dashboard for. */
const zooms: { readonly from: number; readonly to: number }[] = [];
const pointed: number[] = [];
eventBus.getStream(DataHoverEvent).subscribe(({ payload }) => {
  const time: unknown = payload.point.time;
  if (typeof time === 'number') pointed.push(time);
});

const timeRange = {
  from: dateTime(range.from),
  to: dateTime(range.to),
  raw: { from: 'now-1h', to: 'now' },
};
const replaceVariables = (text: string) => text;
const onChangeTimeRange = (next: { from: number; to: number }) => zooms.push(next);
const context = { eventsScope: 'panel', eventBus, sync: () => DashboardCursorSync.Crosshair };
const knownOptions = new Map<string, TimelineOptions>();

/** The same object for the same options, as Grafana hands them out. */
function optionsOf({ options = {} }: ShowHistory): TimelineOptions {
  const key = JSON.stringify(options);
  const known = knownOptions.get(key) ?? { ...defaultOptions, ...options };
  knownOptions.set(key, known);
  return known;
}

const marks = [
  createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [END - LENGTH / 3, END - LENGTH / 1.5] },
      { name: 'timeEnd', type: FieldType.time, values: [null, END - LENGTH / 2] },
      { name: 'text', type: FieldType.string, values: ['Deployment 2.4', 'Maintenance <b>hall</b>'] },
      { name: 'color', type: FieldType.string, values: ['blue', 'purple'] },
    ],
  }),
];

function panelProps(show: ShowHistory): PanelProps<TimelineOptions> {
  const data: PanelData = {
    state: Object.values(LoadingState).find((state) => state === show.state) ?? LoadingState.Done,
    series: frames,
    timeRange,
    ...(show.hasMarks === true ? { annotations: marks } : {}),
    ...(show.error === undefined ? {} : { errors: [{ message: show.error }] }),
  };
  return {
    id: 1,
    data,
    timeRange,
    timeZone: 'utc',
    options: optionsOf(show),
    transparent: false,
    width: show.width,
    height: show.height,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    title: 'Device timeline',
    eventBus,
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables,
    onChangeTimeRange,
  };
}

function render(show: ShowHistory): void {
  document.body.style.background = theme.colors.background.primary;
  flushSync(() => {
    root.render(
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <PanelContextProvider value={context}>
          <main style={{ padding: 16 }}>
            <TimelinePanel {...panelProps(show)} />
          </main>
        </PanelContextProvider>
        <PortalContainer />
      </ThemeContext.Provider>,
    );
  });
}

function build(show: ShowHistory): void {
  if (themeMode !== show.mode) {
    themeMode = show.mode;
    theme = createTheme({ colors: { mode: show.mode } });
  }
  frames = createHistory({ ...show, end: END, length: LENGTH }, theme);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Reading a pixel waits until the drawing is done. */
function drawn(): void {
  document.querySelector('canvas')?.getContext('2d')?.getImageData(0, 0, 1, 1);
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Controls of the page; every time is in milliseconds. */
const timelinePage = {
  range,
  zooms,
  pointed,
  show: (show: ShowHistory) => {
    build(show);
    render(show);
  },
  /** Makes the frames, which no later measure counts. */
  stage: build,
  /** The staged frames instead of those that are shown. */
  refresh: (show: ShowHistory) => {
    render(show);
    drawn();
  },
  /** Takes the panel away: what comes next is its first paint. */
  clear: () => {
    flushSync(() => root.unmount());
    root = createRoot(container);
  },
  /** Data preparation of the staged frames alone, for the first time. */
  prepare: (show: ShowHistory) => {
    const options = { ...defaultOptions, ...show.options };
    const input = { frames, options, theme, timeZone: 'utc', range, interpolate: replaceVariables };
    return prepareTimeline(input, createPrepareMemory()).rows.length;
  },
  /** Scrolls through the rows, a step each frame. */
  scroll: async (steps: number) => {
    const box = document.querySelector('[data-testid="timeline"]');
    if (box === null) throw new Error('the timeline is not there');
    box.scrollTop = 0;
    for (let step = 0; step < steps; step += 1) {
      await frame();
      box.scrollTop += 173;
    }
    await frame();
  },
  /** Another panel points at a moment. */
  pointElsewhere: (time: number) => {
    eventBus.publish(new DataHoverEvent({ point: { time } }));
  },
  /** A loop of floating-point and object work whose time tells how fast the machine is now. */
  calibrate: () =>
    timed(() => {
      let sum = 0;
      for (let index = 0; index < 2_000_000; index += 1) sum += Math.sqrt(index) * { value: index % 7 }.value;
      if (Number.isNaN(sum)) throw new Error('the calibration loop went wrong');
    }),
};

export type TimelinePage = typeof timelinePage;

declare global {
  interface Window {
    timelinePage: TimelinePage;
  }
}

window.timelinePage = timelinePage;
