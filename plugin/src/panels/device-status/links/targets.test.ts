import { describe, expect, it, jest } from '@jest/globals';
import {
  ActionType,
  createDataFrame,
  createTheme,
  type FieldConfig,
  FieldType,
  HttpRequestMethod,
  type LinkModel,
} from '@grafana/data';
import { createPrepareMemory, prepareDevices } from '../data/prepare';
import { defaultOptions } from '../options/options';
import { createTargets } from './targets';

function targets(
  links: readonly Partial<LinkModel>[] = [],
  config: FieldConfig = {},
  id = 'a/b ü',
  linkToDevice = true,
) {
  const frame = createDataFrame({
    fields: [
      { name: 'device_id', type: FieldType.string, values: [id] },
      { name: 'status', type: FieldType.number, values: [1], config },
    ],
  });
  const [, status] = frame.fields;
  if (status !== undefined) {
    status.getLinks = () =>
      links.map((link) => ({ title: 'link', href: '/x', target: '_self', origin: status, ...link }));
  }
  const push = jest.fn();
  const set = prepareDevices(
    {
      frames: [frame],
      options: defaultOptions,
      theme: createTheme(),
      timeZone: 'utc',
      now: 0,
      end: 0,
      interpolate: (text) => text,
    },
    createPrepareMemory(),
  );
  const range = { from: 'now-1h', to: 'now' };
  return { push, of: createTargets({ set, linkToDevice, range, interpolate: (text) => text, push })(0) };
}

describe('createTargets', () => {
  it('leads to the page of the device, its id escaped, with the time range', () => {
    const { of, push } = targets();
    expect(of.href).toBe('/a/valtronics-monitoring-app/fleet/a%2Fb%20%C3%BC?from=now-1h&to=now');
    of.follow();
    expect(push).toHaveBeenCalledWith(of.href);
  });

  it('follows a data link first', () => {
    expect(targets([{ href: '/d/other', target: '_blank' }]).of).toMatchObject({
      href: '/d/other',
      target: '_blank',
    });
  });

  it('offers several links as a choice', () => {
    expect(targets([{ title: 'A' }, { title: 'B' }]).of.choice?.links.map(({ title }) => title)).toEqual([
      'A',
      'B',
    ]);
  });

  it('offers an action beside the page of the device', () => {
    const actions = [
      {
        type: ActionType.Fetch,
        title: 'Restart',
        fetch: { method: HttpRequestMethod.POST, url: '/api/restart' },
      },
    ];
    const { choice } = targets([], { actions }).of;
    expect(choice?.actions.map(({ title }) => title)).toEqual(['Restart']);
    expect(choice?.links).toHaveLength(1);
  });

  it('takes addresses that would run script away', () => {
    expect(targets([{ href: 'javascript:alert(1)' }]).of.href).toBe('about:blank');
  });

  it('leads nowhere without id, or when the option is off', () => {
    expect(targets([], {}, '').of.href).toBeUndefined();
    expect(targets([], {}, 'a', false).of.href).toBeUndefined();
  });
});
