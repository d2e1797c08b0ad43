import { describe, expect, it } from '@jest/globals';
import {
  FieldType,
  toDataFrame,
  LoadingState,
  type PluginExtensionPanelContext,
  type DataFrame,
} from '@grafana/data';
import { readTimeRange } from '../kit/time/timeRange';
import pluginJson from '../plugin.json';
import { ALERT_LINKS } from './alertLinks';
import { configurePanelLink, filterOfVariables, PALETTE_LINKS, PANEL_LINK } from './links';
import { panelDevices } from './panelDevice';

const series = (deviceId?: string): DataFrame =>
  toDataFrame({
    fields: [
      {
        name: 'Value',
        type: FieldType.number,
        values: [1],
        ...(deviceId === undefined ? {} : { labels: { device_id: deviceId } }),
      },
    ],
  });
const table = (...deviceIds: string[]): DataFrame =>
  toDataFrame({ fields: [{ name: 'device_id', type: FieldType.string, values: deviceIds }] });
const data = (...frames: DataFrame[]) => ({
  state: LoadingState.Done,
  series: frames,
  timeRange: readTimeRange(null, null),
});
const target = (expr: string) => ({ refId: 'A', expr });

describe('panelDevices', () => {
  it.each([
    ['no data', undefined, [], { kind: 'none' }],
    ['data of something else', data(series()), [target('up')], { kind: 'none' }],
    ['a series of a device', data(series('A')), [], { kind: 'one', deviceId: 'A' }],
    ['series of devices', data(series('A'), series('B')), [], { kind: 'many' }],
    ['several series of one device', data(series('A'), series('A')), [], { kind: 'one', deviceId: 'A' }],
    ['a table of one device', data(table('A')), [], { kind: 'one', deviceId: 'A' }],
    ['a table of devices', data(table('A', 'B')), [], { kind: 'many' }],
    ['an empty table', data(table()), [], { kind: 'many' }],
    ['a query for one', undefined, [target('x{device_id="A\\"B"}')], { kind: 'one', deviceId: 'A"B' }],
    [
      'a query in other quotes',
      undefined,
      [target("x{device_id='A\\n\\x42'}")],
      { kind: 'one', deviceId: 'A\nB' },
    ],
    [
      'a query with raw quotes',
      undefined,
      [target('x{device_id = `50%`}')],
      { kind: 'one', deviceId: '50%' },
    ],
    ['another label', undefined, [target('x{my_device_id="A"}')], { kind: 'none' }],
    ['the label within a text', undefined, [target('x{note="device_id=\\"A\\""}')], { kind: 'none' }],
    ['a query with a variable', undefined, [target('x{device_id="$device"}')], { kind: 'many' }],
    ['a query with a pattern', undefined, [target('x{device_id=~"A|B"}')], { kind: 'many' }],
    ['a query by device', undefined, [target('sum by (device_id) (x)')], { kind: 'many' }],
    ['a target without a query', undefined, [{ refId: 'A' }], { kind: 'none' }],
  ])('%s', (_, frames, targets, expected) => {
    const context = { targets, ...(frames === undefined ? {} : { data: frames }) };
    expect(panelDevices(context)).toEqual(expected);
  });
});

describe('the link in panel menus', () => {
  const context = (targets: object[]): PluginExtensionPanelContext => ({
    pluginId: 'timeseries',
    id: 1,
    title: 'Panel',
    timeRange: { from: 'now-6h', to: 'now' },
    timeZone: 'browser',
    dashboard: { uid: 'x', title: 'x', tags: [] },
    targets: targets.map((one) => ({ refId: 'A', ...one })),
  });

  it('opens the device with the time of the panel', () => {
    expect(configurePanelLink(context([{ expr: 'x{device_id="<img src=x>"}' }]))).toEqual({
      path: '/a/valtronics-monitoring-app/fleet/%3Cimg%20src%3Dx%3E?from=now-6h&to=now',
    });
  });

  it.each(['50%', 'a\nb', '..', 'a/b', '~', ' a'])('keeps %j out of the path', (id) => {
    const path = configurePanelLink(context([{ expr: `x{device_id=${JSON.stringify(id)}}` }]))?.path ?? '';
    const { pathname, searchParams } = new URL(path, 'http://grafana');
    expect(pathname).toBe('/a/valtronics-monitoring-app/fleet/~');
    expect(searchParams.get('id')).toBe(id);
    expect(searchParams.get('from')).toBe('now-6h');
  });

  it('opens the fleet for several', () => {
    expect(configurePanelLink(context([{ expr: 'count by (device_id) (x)' }]))?.path).toMatch(/\/fleet\?/);
  });

  it('is not there for other panels', () => {
    expect(configurePanelLink(context([{ expr: 'up' }]))).toBeUndefined();
    expect(configurePanelLink(undefined)).toBeUndefined();
  });
});

describe('the filter of the fleet from the variables of a dashboard', () => {
  it.each([
    ['?var-device_type=sensor&var-location=Hall%20A', 'type=sensor&location=Hall+A'],
    ['?var-location=a&var-location=b,c', 'location=a%2Cb%5C%2Cc'],
    ['?var-device_type=$__all&var-location=All', ''],
    ['?var-device_type=', ''],
    ['', ''],
    ['?var-other=x&from=now-1h', ''],
  ])('%s', (search, filter) => {
    expect(filterOfVariables(search)).toBe(filter);
  });
});

describe('plugin.json', () => {
  it('declares every link as it is registered: Grafana refuses others', () => {
    const registered = [PANEL_LINK, ...ALERT_LINKS, ...PALETTE_LINKS].map(
      ({ title, description, targets }) => ({
        title,
        description,
        targets: [targets].flat(),
      }),
    );
    expect(pluginJson.extensions.addedLinks).toEqual(registered);
  });
});
