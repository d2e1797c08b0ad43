import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NewAnnotation } from '../../../api/annotationsClient';
import { alertRow, labelsOf } from '../../../domain/alerts/alertRow.fixture';
import type { AlertRow } from '../../../domain/alerts/alert';

const mockPublish = jest.fn<(event: unknown) => void>();

jest.mock('@grafana/runtime', () => ({ getAppEvents: () => ({ publish: mockPublish }) }));

const load = () => import('./annotate');

const alerts = (count: number): AlertRow[] =>
  Array.from({ length: count }, (_, index) =>
    alertRow({ labels: labelsOf('FanStuck', { device_id: `D${index}` }) }),
  );
const done = (rows: readonly AlertRow[]) =>
  rows.map(({ fingerprint }) => ({ key: fingerprint, refusal: null }));

beforeEach(() => {
  mockPublish.mockReset();
});

describe('the annotation of an acknowledgement', () => {
  it('names the alerts, their devices and what was said, and is found by the dashboard of each device', async () => {
    const { annotationOf } = await load();
    expect(annotationOf(alerts(2), 'new fan at 3 p.m.', 7)).toEqual({
      time: 7,
      text: 'Acknowledged: FanStuck (D0), FanStuck (D1) – new fan at 3 p.m.',
      tags: ['valtronics', 'acknowledged', 'device_id:D0', 'device_id:D1'],
    });
  });

  it('counts what is too much to name', async () => {
    const { annotationOf } = await load();
    const { text, tags } = annotationOf(alerts(500), '', 7);
    expect(text).toBe(
      'Acknowledged: FanStuck (D0), FanStuck (D1), FanStuck (D2), FanStuck (D3), FanStuck (D4), 495 more',
    );
    expect(tags).toHaveLength(22);
  });

  it('is text, whatever people and devices write', async () => {
    const { annotationOf } = await load();
    const alert = alertRow({ labels: labelsOf('<img src=x>', { device_id: 'a&b' }) });
    expect(annotationOf([alert], '<b>', 7).text).toBe(
      'Acknowledged: &lt;img src=x&gt; (a&amp;b) – &lt;b&gt;',
    );
  });
});

describe('writing it', () => {
  it('tells of those that were acknowledged, and of none where none was or nobody wants it', async () => {
    const { annotateAcknowledged } = await load();
    const made: NewAnnotation[] = [];
    const client = {
      create: (annotation: NewAnnotation) => {
        made.push(annotation);
        return Promise.resolve();
      },
    };
    const [first, second] = alerts(2);
    const rows = [first, second].filter((row) => row !== undefined);
    const refused = { key: second?.fingerprint ?? '', refusal: { kind: 'said', words: 'taken' } as const };
    await annotateAcknowledged(client, rows, [...done(rows.slice(0, 1)), refused], '');
    await annotateAcknowledged(client, rows, [refused], '');
    await annotateAcknowledged(undefined, rows, done(rows), '');
    expect(made.map(({ text }) => text)).toEqual(['Acknowledged: FanStuck (D0)']);
  });

  it('warns when Grafana does not take it', async () => {
    const { annotateAcknowledged } = await load();
    const client = { create: () => Promise.reject(new Error('403 no permission')) };
    await annotateAcknowledged(client, alerts(1), done(alerts(1)), '');
    expect(mockPublish).toHaveBeenCalledWith({
      type: 'alert-warning',
      payload: ['Acknowledged, but without an annotation', '403 no permission'],
    });
  });
});
