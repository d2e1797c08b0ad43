import { describe, expect, it } from '@jest/globals';
import type { StoredAlertDetails } from './alertTypes';
import { lifeOf } from './historyLife';
import { pastAlert } from './pastAlert.fixture';

const MINUTE = 60_000;

type Details = Pick<StoredAlertDetails, 'events' | 'deliveries'>;

function details({ events, deliveries }: Details): StoredAlertDetails {
  return {
    alert: {
      ...{
        fingerprint: 'a',
        name: 'A',
        severity: '',
        source: 'api',
        state: 'active',
        message: '',
        labels: {},
      },
      ...{ annotations: {}, generatorUrl: null, startsAt: 0, lastSeen: 0, acknowledgement: null },
      ...{ resolution: null, maintenance: [], notified: [] },
    },
    events,
    deliveries,
  };
}

const event = (minute: number, action: string, by = '', comment = '') => ({
  ...{ at: minute * MINUTE, action, by, comment },
});

describe('the life of an alert', () => {
  it('is told from its beginning to its end, with who did what', () => {
    const life = lifeOf(
      pastAlert({ startsAt: MINUTE, endsAt: 30 * MINUTE }),
      details({
        events: [
          event(31, 'resolved', 'alertmanager'),
          event(5, 'acknowledged', 'ana', 'power cut'),
          event(2, 'raised', 'alertmanager'),
        ],
        deliveries: [{ receiver: 'slack', state: 'delivered', kind: 'firing', at: 3 * MINUTE }],
      }),
    );
    expect(life.map(({ what, by, comment }) => [what, by, comment])).toEqual([
      ['began', '', ''],
      ['raised', 'alertmanager', ''],
      ['notified', 'slack', ''],
      ['acknowledged', 'ana', 'power cut'],
      ['resolved', 'alertmanager', ''],
    ]);
    expect(life[2]).toMatchObject({ notice: 'delivered', kind: 'firing' });
  });

  it('is its own, and not that of another alert with the same fingerprint', () => {
    const life = lifeOf(
      pastAlert({ startsAt: 100 * MINUTE, endsAt: 110 * MINUTE }),
      details({
        events: [event(99, 'resolved', 'earlier'), event(125, 'raised', 'later')],
        deliveries: [{ receiver: 'slack', state: 'dead', kind: 'firing', at: 50 * MINUTE }],
      }),
    );
    expect(life.map(({ what }) => what)).toEqual(['began', 'ended']);
  });

  it('is what Prometheus saw where the store knows nothing', () => {
    expect(lifeOf(pastAlert({ startsAt: 5, endsAt: 9 }), undefined)).toEqual([
      { what: 'began', at: 5, by: '', comment: '' },
      { what: 'ended', at: 9, by: '', comment: '' },
    ]);
  });

  it('has no beginning that nobody saw, and no end before there is one', () => {
    expect(lifeOf(pastAlert({ beganBefore: true, endsAt: null }), undefined)).toEqual([]);
  });

  it('keeps what the store calls otherwise under its own word', () => {
    const alert = pastAlert({ startsAt: 0 });
    expect(
      lifeOf(alert, details({ events: [event(1, 'escalated', 'policy')], deliveries: [] })),
    ).toContainEqual({
      ...{ what: 'other', at: MINUTE, by: 'policy', comment: '', kind: 'escalated' },
    });
  });
});
