import { describe, expect, it, jest } from '@jest/globals';
import {
  type Action,
  ActionType,
  ActionVariableType,
  createDataFrame,
  createTheme,
  type Field,
  type FieldConfig,
  FieldType,
  HttpRequestMethod,
  type LinkModel,
} from '@grafana/data';
import { config } from '@grafana/runtime';
import { createPrepareMemory } from '../../../kit/frames/prepare-memory';
import { prepareDevices } from '../data/prepare';
import { defaultOptions } from '../options/options';
import { followLink } from '../../../kit/targets/device-links';
import { createTargets } from '../../../kit/targets/targets';

config.bootData.user.isSignedIn = true;

function targets(
  links: readonly Partial<LinkModel>[] = [],
  config: FieldConfig = {},
  id = 'a/b ü',
  linkToDevice = true,
  nameLinks: readonly Partial<LinkModel>[] = [],
) {
  const frame = createDataFrame({
    fields: [
      { name: 'device_id', type: FieldType.string, values: [id] },
      { name: 'status', type: FieldType.number, values: [1], config },
    ],
  });
  const [name, status] = frame.fields;
  const add = (field: Field | undefined, models: readonly Partial<LinkModel>[]) => {
    if (field === undefined) return;
    field.getLinks = () =>
      models.map((link) => ({ title: 'link', href: '/x', target: undefined, origin: field, ...link }));
  };
  add(name, nameLinks);
  add(status, links);
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
  return createTargets({
    subjectAt: (index) => set.devices[index],
    linkToDevice,
    range,
    interpolate: (text) => text,
  })(0);
}

const actions = (change: Partial<Action> = {}): Action[] => [
  {
    type: ActionType.Fetch,
    title: 'Restart',
    fetch: { method: HttpRequestMethod.POST, url: '/api/restart' },
    ...change,
  },
];

describe('createTargets', () => {
  it('leads to the page of the device, its id escaped, with the time range', () => {
    // An id that would not survive a path travels in the query, as in every link of the app.
    const page = '/a/valtronics-monitoring-app/fleet/~?id=a%2Fb+%C3%BC&from=now-1h&to=now';
    expect(targets().link?.href).toBe(page);
    expect(targets().link?.target).toBeUndefined();
  });

  it('follows a data link first', () => {
    expect(targets([{ href: '/d/other', target: '_blank' }]).link).toMatchObject({
      href: '/d/other',
      target: '_blank',
    });
  });

  it('offers several links as a choice', () => {
    const { link, links } = targets([{ title: 'A' }, { title: 'B' }]);
    expect(link).toBeUndefined();
    expect(links.map(({ title }) => title)).toEqual(['A', 'B']);
  });

  it('follows the link for one click though there are others', () => {
    expect(targets([{ title: 'A' }, { title: 'B', oneClick: true }]).link?.title).toBe('B');
  });

  it('has the links of the column with the name, and each once', () => {
    const { links } = targets([{ title: 'A' }], {}, 'a', true, [{ title: 'A' }, { title: 'N' }]);
    expect(links.map(({ title }) => title)).toEqual(['A', 'N']);
  });

  it('offers an action beside the page of the device', () => {
    const found = targets([], { actions: actions() });
    expect(found.actions.map(({ title }) => title)).toEqual(['Restart']);
    expect(found.links).toHaveLength(1);
    expect(found.link).toBeUndefined();
    expect(found.action).toBeUndefined();
  });

  it('asks at once for an action of one click, with the variables that it needs', () => {
    const variables = [{ key: 'reason', name: 'Reason', type: ActionVariableType.String }];
    const { action } = targets([], { actions: actions({ oneClick: true, variables }) });
    expect(action?.variables).toMatchObject([{ key: 'reason', name: 'Reason' }]);
  });

  it('takes addresses that would run script away', () => {
    expect(targets([{ href: 'javascript:alert(1)' }]).link?.href).toBe('about:blank');
  });

  it('leads nowhere without id, or when the option is off', () => {
    expect(targets([], {}, '').link).toBeUndefined();
    expect(targets([], {}, 'a', false).link).toBeUndefined();
  });

  it('leads to no page that nobody can open', () => {
    config.publicDashboardAccessToken = 'token';
    expect(targets().link).toBeUndefined();
    config.publicDashboardAccessToken = '';
    config.bootData.user.isSignedIn = false;
    expect(targets().link).toBeUndefined();
    config.bootData.user.isSignedIn = true;
  });
});

describe('a link', () => {
  it('is followed as a click on it would be', () => {
    const clicked: (string | null)[] = [];
    const box = document.createElement('div');
    box.addEventListener('click', (event) => {
      event.preventDefault();
      if (event.target instanceof HTMLAnchorElement) clicked.push(event.target.getAttribute('href'));
    });
    document.body.append(box);
    followLink({ title: 'mail', href: 'mailto:a@b', oneClick: false }, box);
    expect(clicked).toEqual(['mailto:a@b']);
    expect(box.children).toHaveLength(0);
  });

  it('does what it does instead of leading somewhere', () => {
    const onClick = jest.fn();
    const box = document.createElement('div');
    document.body.append(box);
    followLink({ title: 'x', href: '/x', onClick, oneClick: false }, box);
    expect(onClick).toHaveBeenCalledTimes(1);
  });
});
