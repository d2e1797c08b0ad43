import {
  createTheme,
  type DataFrame,
  dateTime,
  EventBusSrv,
  LoadingState,
  type PanelData,
  type PanelProps,
  ThemeContext,
} from '@grafana/data';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { config } from '@grafana/runtime';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createPrepareMemory } from '../../src/kit/frames/prepare-memory';
import { prepareDevices } from '../../src/panels/device-status/data/prepare';
import { DeviceStatusPanel } from '../../src/panels/device-status/DeviceStatusPanel';
import { defaultOptions, type DeviceStatusOptions } from '../../src/panels/device-status/options/options';
import { createFleet, type FleetShape } from './frames';

/** What the page is asked to show; tests and benchmarks call it from outside the browser. */
export interface Show extends Omit<FleetShape, 'now'> {
  readonly mode: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
  readonly options?: Partial<DeviceStatusOptions>;
  readonly state?: `${LoadingState}`;
  readonly error?: string;
}

// Tiles lead to pages of the app only for those who may open them.
config.bootData.user.isSignedIn = true;

const NOW = Date.now();
const container = document.createElement('div');
document.body.append(container);
let root = createRoot(container);
let frames: DataFrame[] = [];
let themeMode: Show['mode'] = 'dark';
let theme = createTheme({ colors: { mode: themeMode } });

function stateOf(show: Show): LoadingState {
  return Object.values(LoadingState).find((state) => state === show.state) ?? LoadingState.Done;
}

const timeRange = {
  from: dateTime(NOW - 3_600_000),
  to: dateTime(NOW),
  raw: { from: 'now-1h', to: 'now' },
};
const replaceVariables = (text: string) => text;
const knownOptions = new Map<string, DeviceStatusOptions>();

/** The same object for the same options, as Grafana hands them out. */
function optionsOf({ options = {} }: Show): DeviceStatusOptions {
  const key = JSON.stringify(options);
  const known = knownOptions.get(key) ?? { ...defaultOptions, ...options };
  knownOptions.set(key, known);
  return known;
}

function panelProps(show: Show): PanelProps<DeviceStatusOptions> {
  const data: PanelData = {
    state: stateOf(show),
    series: frames,
    timeRange,
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
    title: 'Device status',
    eventBus: new EventBusSrv(),
    onOptionsChange: () => undefined,
    onFieldConfigChange: () => undefined,
    replaceVariables,
    onChangeTimeRange: () => undefined,
  };
}

function render(show: Show): void {
  document.body.style.background = theme.colors.background.primary;
  flushSync(() => {
    root.render(
      <ThemeContext.Provider value={theme}>
        <GlobalStyles />
        <main style={{ padding: 16 }}>
          <DeviceStatusPanel {...panelProps(show)} />
        </main>
        <PortalContainer />
      </ThemeContext.Provider>,
    );
  });
}

function build(show: Show): void {
  if (themeMode !== show.mode) {
    themeMode = show.mode;
    theme = createTheme({ colors: { mode: show.mode } });
  }
  frames = createFleet({ ...show, now: NOW }, theme);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Controls of the page; every time is in milliseconds. */
const page = {
  show: (show: Show) => {
    build(show);
    render(show);
  },
  /** Same frames again, as when only the loading state changes. */
  again: (show: Show) => timed(() => render(show)),
  /** New frames of the same devices. */
  refresh: (show: Show) => {
    build(show);
    return timed(() => render(show));
  },
  /** From nothing to a drawn canvas. */
  firstPaint: (show: Show) => {
    flushSync(() => root.unmount());
    root = createRoot(container);
    build(show);
    return timed(() => {
      render(show);
      // Reading a pixel waits until the drawing is done.
      document.querySelector('canvas')?.getContext('2d')?.getImageData(0, 0, 1, 1);
    });
  },
  /** Data preparation alone: `cold` for the first time, `warm` with what a refresh remembers. */
  prepare: (show: Show) => {
    build(show);
    const memory = createPrepareMemory();
    const input = {
      frames,
      options: { ...defaultOptions, ...show.options },
      theme,
      timeZone: 'utc',
      now: NOW,
      end: NOW,
      interpolate: replaceVariables,
    };
    const cold = timed(() => prepareDevices(input, memory));
    build({ ...show, seed: show.seed + 1 });
    return { cold, warm: timed(() => prepareDevices({ ...input, frames }, memory)) };
  },
  /** A loop of floating-point and object work whose time tells how fast the machine is now. */
  calibrate: () =>
    timed(() => {
      let sum = 0;
      for (let index = 0; index < 2_000_000; index += 1) sum += Math.sqrt(index) * { value: index % 7 }.value;
      if (Number.isNaN(sum)) throw new Error('the calibration loop went wrong');
    }),
};

export type Page = typeof page;

declare global {
  interface Window {
    page: Page;
  }
}

window.page = page;
