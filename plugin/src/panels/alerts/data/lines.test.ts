import { describe, expect, it } from '@jest/globals';
import { alertRow, labelsOf } from '../../../domain/alerts/alertRow.fixture';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { PastOrigin } from '../../../domain/alerts/pastAlert';
import { type AlertsOptions, defaultOptions } from '../options/options';
import { rowOfPast } from './changes';
import { type Item, linesOf } from './lines';
import { fillIn } from './select';

const SPAN = { from: 1000, to: 9000 };
const CRITICAL = alertRow({
  labels: labelsOf('Disk', { severity: 'critical', service: 'api' }),
  startsAt: 3000,
});
const WARNING = alertRow({
  labels: labelsOf('Battery', { device_id: 'A' }),
  startsAt: 5000,
  origins: ['grafana'],
});
const TAKEN = alertRow({
  labels: labelsOf('Cpu', { service: 'api' }),
  state: 'acknowledged',
  startsAt: 4000,
  acknowledgement: { by: 'ana', at: 6000, comment: 'mine' },
});
const QUIET = alertRow({ labels: labelsOf('Quiet'), silencedBy: ['1'], startsAt: 2000 });
const OVER = alertRow({
  labels: labelsOf('Over'),
  state: 'resolved',
  startsAt: 500,
  endsAt: 8000,
  resolution: { by: '', at: 8000, comment: '' },
});
const PENDING = alertRow({ labels: labelsOf('Soon'), state: 'pending', startsAt: 7000 });
const ALL: readonly AlertRow[] = [CRITICAL, WARNING, TAKEN, QUIET, PENDING, OVER];

const show = (options: Partial<AlertsOptions> = {}, matchers = '', alerts = ALL) =>
  linesOf({ alerts, silences: [], problems: [], span: SPAN }, { ...defaultOptions, ...options }, matchers);
const words = (items: readonly Item[]): string[] =>
  items.map((item) =>
    item.kind === 'group'
      ? `# ${item.value ?? '-'} ${item.count}`
      : `${item.line.change ?? ''} ${item.line.alert.name}`.trim(),
  );

describe('the lines of what is there now', () => {
  it('leave out what is silenced, pending or over, and count what the options hide', () => {
    const shown = show();
    expect(words(shown.items)).toEqual(['Disk', 'Battery', 'Cpu']);
    expect(shown).toMatchObject({ total: 3, hidden: 2, matcherError: undefined });
  });

  it.each<[string, Partial<AlertsOptions>, string, string[]]>([
    ['silenced ones too', { showMuted: true }, '', ['Disk', 'Battery', 'Cpu', 'Quiet']],
    ['without those that are taken on', { showAcknowledged: false }, '', ['Disk', 'Battery']],
    ['pending ones', { states: ['pending'] }, '', ['Soon']],
    ['any state', { states: [] }, '', ['Disk', 'Battery', 'Cpu', 'Soon']],
    ['a severity in any case', { severities: ['CRITICAL'] }, '', ['Disk']],
    ['those that Grafana knows', { origins: ['grafana', 'prometheus'] }, '', ['Battery']],
    ['a label', {}, 'service="api"', ['Disk', 'Cpu']],
    ['a missing label', {}, '{service=""}', ['Battery']],
    ['a pattern', {}, 'alertname=~"[BC].*"', ['Battery', 'Cpu']],
    ['the newest first', { sortBy: 'newest' }, '', ['Battery', 'Cpu', 'Disk']],
    ['the oldest first', { sortBy: 'oldest' }, '', ['Disk', 'Cpu', 'Battery']],
    ['by name', { sortBy: 'name' }, '', ['Battery', 'Cpu', 'Disk']],
    ['at most one', { maxRows: 1 }, '', ['Disk']],
    ['in groups', { groupBy: 'service' }, '', ['# api 2', 'Disk', 'Cpu', '# - 1', 'Battery']],
  ])('%s', (_, options, matchers, expected) => {
    expect(words(show(options, matchers).items)).toEqual(expected);
  });

  it('say how many there are beyond the limit', () => {
    expect(show({ maxRows: 2 })).toMatchObject({ total: 3, items: [{ kind: 'line' }, { kind: 'line' }] });
  });

  it('sort those without a beginning last', () => {
    const nobodyKnows = alertRow({ labels: labelsOf('Aaa'), startsAt: NaN });
    for (const sortBy of ['oldest', 'newest'] as const)
      expect(words(show({ sortBy }, '', [nobodyKnows, CRITICAL]).items)).toEqual(['Disk', 'Aaa']);
  });

  it('are none where the matchers cannot be read, with the reason', () => {
    expect(show({}, 'service=~"("')).toMatchObject({ total: 0, items: [] });
    expect(show({}, 'service=~"("').matcherError).toMatch(/\S/);
    expect(show({}, 'nonsense').matcherError).toContain('nonsense');
  });
});

describe('the lines of what changed', () => {
  it('are what happened within the time, newest first', () => {
    const shown = show({ mode: 'changes', showMuted: true });
    expect(words(shown.items)).toEqual([
      'resolved Over',
      'acknowledged Cpu',
      'fired Battery',
      'fired Cpu',
      'fired Disk',
      'fired Quiet',
    ]);
    expect(shown.hidden).toBe(0);
  });

  it('name who did it', () => {
    const [line] = show({ mode: 'changes' }, 'alertname="Cpu"').items;
    expect(line).toMatchObject({ line: { by: 'ana', comment: 'mine', at: 6000 } });
  });

  it('have no beginning of an alert that was there before anybody looked', () => {
    const past = {
      ...{ fingerprint: 'f', name: 'Old', severity: 'warning', summary: '', labels: {}, annotations: {} },
      ...{ startsAt: 1000, beganBefore: true, endsAt: 2000, raisedBy: undefined, precision: 60_000 },
      ...{ acknowledgement: null, resolution: null },
    };
    const origins: PastOrigin[] = ['prometheus'];
    expect(words(show({ mode: 'changes' }, '', [rowOfPast({ ...past, origins })]).items)).toEqual([
      'resolved Old',
    ]);
    expect(rowOfPast({ ...past, origins, endsAt: null }).state).toBe('active');
    expect(rowOfPast({ ...past, origins, beganBefore: false }).startsAt).toBe(1000);
  });
});

describe('fillIn', () => {
  const dashboard =
    (value: unknown) =>
    (text: string, _?: undefined, format: (value: unknown) => string = String): string =>
      text.replaceAll('$device', () => format(value));

  it.each([
    ['one value as text', 'd="$device"', 'A.1', 'd="A.1"'],
    ['a list of one the same', 'd="$device"', ['A.1'], 'd="A.1"'],
    ['one value as an expression', 'd=~"$device"', 'A.1', 'd=~"A\\\\.1"'],
    ['several as an expression of them', 'd=~"x-$device"', ['A.1', 'B'], 'd=~"x-(A\\\\.1|B)"'],
    ['a quote that does not end the matcher', 'd="$device"', 'A"B', 'd="A\\"B"'],
    ['a comma without quotes', 'd=$device', 'A, b', 'd="A, b"'],
    ['a backslash', 'd=~"$device\\d+"', 'A\\', 'd=~"A\\\\\\\\\\\\d+"'],
    ['a number', 'd="$device"', 7, 'd="7"'],
    ['whole matchers', '$device', 'd="7"', 'd="7"'],
  ])('%s', (_, text, value, expected) => {
    expect(fillIn(text, dashboard(value))).toBe(expected);
  });

  it('gives matchers that find what was chosen', () => {
    const matchers = fillIn('device_id=~"$device"', dashboard(['A', 'B.C']));
    expect(words(show({}, matchers).items)).toEqual(['Battery']);
    const one = fillIn('device_id=~"$device"', dashboard('.'));
    expect(words(show({}, one).items)).toEqual([]);
  });
});
