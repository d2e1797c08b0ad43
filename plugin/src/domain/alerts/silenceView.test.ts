import { describe, expect, it } from '@jest/globals';
import type { AlertRow } from './alert';
import { draftFaults, LONGEST_WINDOW_MS, windowOfDraft, type MaintenanceDraft } from './maintenanceForm';
import type { MaintenanceWindow, Silence } from './silence';
import { endingSoon, isOfWindow, silenceLines, silenceState, windowLines, windowState } from './silenceView';

const MINUTE = 60_000;
const NOW = 1000 * MINUTE;

function silence(id: string, startsAt: number, endsAt: number, more: Partial<Silence> = {}): Silence {
  return {
    ...{ id, alertmanager: 'own', state: 'active', matchers: [], startsAt, endsAt },
    ...{ createdBy: 'ana', comment: '', ...more },
  };
}

function alert(silencedBy: readonly string[], maintenance: readonly string[] = []): AlertRow {
  return {
    ...{
      fingerprint: 'a',
      name: 'A',
      severity: '',
      state: 'active',
      summary: '',
      labels: {},
      annotations: {},
    },
    ...{ startsAt: 0, endsAt: null, origins: ['alertmanager'], raisedBy: undefined, acknowledgement: null },
    ...{
      resolution: null,
      routedBy: [],
      suppressed: false,
      silencedBy,
      inhibitedBy: [],
      maintenance,
      receivers: [],
      notified: [],
    },
    ...{ value: undefined, generatorUrl: undefined },
  };
}

describe('silences', () => {
  it.each([
    [silence('a', 0, NOW + 1), 'active'],
    [silence('a', 0, NOW), 'expired'],
    [silence('a', NOW + 1, NOW + 2), 'pending'],
    [silence('a', 0, NOW + 1, { state: 'expired' }), 'expired'],
    [silence('a', NOW, NOW + 1, { state: 'pending' }), 'active'],
  ])('%j is %s', (one, expected) => {
    expect(silenceState(one, NOW)).toBe(expected);
  });

  it('come in the order of their urgency, each with what it keeps quiet', () => {
    const lines = silenceLines(
      [
        silence('long gone', 0, NOW - 50),
        silence('just gone', 0, NOW - 10),
        silence('later', NOW + 50, NOW + 90),
        silence('soon', NOW + 10, NOW + 90),
        silence('ends later', 0, NOW + 90),
        silence('ends next', 0, NOW + 20),
      ],
      [alert(['ends next', 'ends later']), alert(['ends later']), alert(['unknown'])],
      NOW,
    );
    expect(lines.map(({ silence: { id }, alerts }) => [id, alerts.length])).toEqual([
      ['ends next', 1],
      ['ends later', 2],
      ['soon', 0],
      ['later', 0],
      ['just gone', 0],
      ['long gone', 0],
    ]);
  });

  it('of maintenance windows are told by who made them and what for', () => {
    const comment = 'Valtronics maintenance 1/devices: new fans';
    expect(isOfWindow(silence('a', 0, 1, { createdBy: 'valtronics', comment }))).toBe(true);
    expect(isOfWindow(silence('a', 0, 1, { createdBy: 'ana', comment }))).toBe(false);
    expect(isOfWindow(silence('a', 0, 1, { createdBy: 'valtronics' }))).toBe(false);
  });

  it('are about to end when somebody will be told then', () => {
    const silences = [
      silence('with alert', 0, NOW + 29 * MINUTE),
      silence('without', 0, NOW + 29 * MINUTE),
      silence('far off', 0, NOW + 31 * MINUTE),
      silence('covered for longer', 0, NOW + 5 * MINUTE),
      silence('to come', NOW + 1, NOW + 5 * MINUTE),
    ];
    const alerts = [alert(['with alert']), alert(['far off', 'covered for longer']), alert(['to come'])];
    expect(endingSoon(silenceLines(silences, alerts, NOW), NOW).map((line) => line.silence.id)).toEqual([
      'with alert',
    ]);
  });
});

function window(id: string, startsAt: number, endsAt: number, more: Partial<MaintenanceWindow> = {}) {
  const covers = { devices: ['MOCK-1'], deviceTypes: [], locations: [] };
  const by = { createdBy: 'ana', comment: '', endedBy: null };
  return { id, state: 'active' as const, ...covers, startsAt, endsAt, ...by, ...more };
}

describe('maintenance windows', () => {
  it.each([
    [window('a', 0, NOW + 1), 'active'],
    [window('a', NOW + 1, NOW + 2, { state: 'planned' }), 'planned'],
    [window('a', NOW, NOW + 2, { state: 'planned' }), 'active'],
    [window('a', 0, NOW + 1, { state: 'ended' }), 'ended'],
    [window('a', 0, NOW), 'ended'],
  ])('%j is %s', (one, expected) => {
    expect(windowState(one, NOW)).toBe(expected);
  });

  it('come in the order of their urgency, each with what it covers', () => {
    const lines = windowLines(
      [
        window('over', 0, NOW - 5),
        window('just over', 0, NOW - 1),
        window('next', NOW + 5, NOW + 9),
        window('later', NOW + 6, NOW + 9),
        window('longer', 0, NOW + 9),
        window('now', 0, NOW + 5),
      ],
      [alert([], ['now']), alert([], ['longer', 'now'])],
      NOW,
    );
    expect(lines.map((line) => [line.window.id, line.alerts.length])).toEqual([
      ['now', 2],
      ['longer', 1],
      ['next', 0],
      ['later', 0],
      ['just over', 0],
      ['over', 0],
    ]);
  });
});

describe('a maintenance window that is being written', () => {
  const DRAFT: MaintenanceDraft = {
    ...{ devices: ['MOCK-1'], deviceTypes: [], locations: [] },
    ...{ startsAt: undefined, endsAt: NOW + MINUTE, comment: ' new firmware ' },
  };
  const faults = (more: Partial<MaintenanceDraft>) => draftFaults({ ...DRAFT, ...more }, NOW);

  it.each<[Partial<MaintenanceDraft>, string[]]>([
    [{}, []],
    [{ devices: [], locations: ['Lab'] }, []],
    [{ devices: [] }, ['covers-nothing']],
    [{ endsAt: undefined }, ['no-end']],
    [{ endsAt: NOW }, ['ends-before-start']],
    [{ startsAt: NOW + 5, endsAt: NOW + 4 }, ['ends-before-start']],
    [{ startsAt: NOW - 9, endsAt: NOW - 5 }, ['over']],
    [{ endsAt: NOW + LONGEST_WINDOW_MS }, []],
    [{ endsAt: NOW + LONGEST_WINDOW_MS + 1 }, ['too-long']],
    [{ comment: ' \n' }, ['no-comment']],
    [{ devices: [], endsAt: undefined, comment: '' }, ['covers-nothing', 'no-end', 'no-comment']],
  ])('%j has the faults %j', (more, expected) => {
    expect(faults(more)).toEqual(expected);
  });

  it('becomes a window; without a beginning it starts at once', () => {
    expect(windowOfDraft(DRAFT, NOW + MINUTE)).toEqual({
      ...{ devices: ['MOCK-1'], deviceTypes: [], locations: [] },
      ...{ endsAt: NOW + MINUTE, comment: 'new firmware' },
    });
    expect(windowOfDraft({ ...DRAFT, startsAt: 5 }, 9)).toMatchObject({ startsAt: 5, endsAt: 9 });
  });
});
