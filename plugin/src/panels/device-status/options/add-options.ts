import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';
import { defaultOptions, type DeviceStatusOptions } from './options';
import { fieldChoice } from '../../../kit/frames/field-names';
import { ReadAs } from './ReadAs';

function addLayout(builder: PanelOptionsEditorBuilder<DeviceStatusOptions>): void {
  const category = [t('devicestatus.options.layout', 'Layout')];
  builder
    .addRadio({
      path: 'layout',
      name: t('devicestatus.options.shape', 'Shape'),
      description: t(
        'devicestatus.options.shape-help',
        'Tiles grow and shrink so that all devices fit; a list scrolls.',
      ),
      category,
      defaultValue: defaultOptions.layout,
      settings: {
        options: [
          { value: 'honeycomb', label: t('devicestatus.options.honeycomb', 'Honeycomb') },
          { value: 'squares', label: t('devicestatus.options.squares', 'Squares') },
          { value: 'list', label: t('devicestatus.options.list', 'List') },
        ],
      },
    })
    .addSliderInput({
      path: 'maxTileSize',
      name: t('devicestatus.options.tile-size', 'Largest tile'),
      description: t(
        'devicestatus.options.tile-size-help',
        'Width in pixels that a tile has at most, however few devices there are.',
      ),
      category,
      defaultValue: defaultOptions.maxTileSize,
      settings: { min: 16, max: 400, step: 4 },
      showIf: ({ layout }) => layout !== 'list',
    })
    .addSelect({
      path: 'groupBy',
      name: t('devicestatus.options.group', 'Group by'),
      description: t('devicestatus.options.group-help', 'Field or label whose values become headings.'),
      category,
      defaultValue: defaultOptions.groupBy,
      settings: fieldChoice(t('devicestatus.options.no-groups', 'No groups')),
    })
    .addBooleanSwitch({
      path: 'showHeadings',
      name: t('devicestatus.options.headings', 'Headings of groups'),
      description: t(
        'devicestatus.options.headings-help',
        'Name of the group and number of devices by status.',
      ),
      category,
      defaultValue: defaultOptions.showHeadings,
      showIf: ({ groupBy }) => groupBy !== '',
    })
    .addSelect({
      path: 'sortBy',
      name: t('devicestatus.options.sort', 'Sort by'),
      description: t(
        'devicestatus.options.sort-help',
        'Order of the tiles inside each group. Severity: error, offline, warning, unknown first.',
      ),
      category,
      defaultValue: defaultOptions.sortBy,
      settings: {
        options: [
          { value: 'severity', label: t('devicestatus.options.severity', 'Severity') },
          { value: 'name', label: t('devicestatus.options.name', 'Name') },
          { value: 'value', label: t('devicestatus.options.value', 'Value') },
          { value: 'lastSeen', label: t('devicestatus.options.last-seen', 'Last seen') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'descending',
      name: t('devicestatus.options.descending', 'Reverse the order'),
      category,
      defaultValue: defaultOptions.descending,
    });
}

function addData(builder: PanelOptionsEditorBuilder<DeviceStatusOptions>): void {
  const category = [t('devicestatus.options.data', 'Data')];
  const automatic = t('devicestatus.options.automatic', 'Automatic');
  const settings = fieldChoice(automatic);
  builder
    .addCustomEditor({
      id: 'roles',
      path: 'roles',
      name: t('devicestatus.options.roles', 'Read as'),
      description: t('devicestatus.options.roles-help', 'Which fields and labels the panel takes for what.'),
      category,
      editor: ReadAs,
    })
    .addSelect({
      path: 'valueField',
      name: t('devicestatus.options.value-field', 'Status or value'),
      description: t(
        'devicestatus.options.value-field-help',
        'Automatic: "Value" of a metric, else a field named status, state, health or value, else the first number.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'nameField',
      name: t('devicestatus.options.name-field', 'Name'),
      description: t(
        'devicestatus.options.name-field-help',
        'Automatic: the display name or legend, else name, device name or title, else the identity, else the labels that differ.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'idField',
      name: t('devicestatus.options.id-field', 'Identity'),
      description: t(
        'devicestatus.options.id-field-help',
        'What links use and by which queries are joined. Automatic: device_id, device, id, uid, serial; host or instance only for links.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'sinceField',
      name: t('devicestatus.options.since-field', 'Start of the state'),
      description: t(
        'devicestatus.options.since-field-help',
        'Moment of the last change. Automatic: since, last change; for series the first of the newest equal values.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'seenField',
      name: t('devicestatus.options.seen-field', 'Last seen'),
      description: t(
        'devicestatus.options.seen-field-help',
        'Moment of the last sign of life. Automatic: a field named last seen, last heartbeat or updated at, else the time of the value.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addNumberInput({
      path: 'staleAfter',
      name: t('devicestatus.options.stale', 'Stale after (seconds)'),
      description: t(
        'devicestatus.options.stale-help',
        'Devices last seen longer ago are hatched. 0: series that ended more than five of their steps ago.',
      ),
      category,
      defaultValue: defaultOptions.staleAfter,
      settings: { min: 0, integer: true },
    })
    .addRadio({
      path: 'statusCodes',
      name: t('devicestatus.options.codes', 'Status codes'),
      description: t(
        'devicestatus.options.codes-help',
        '0 unknown, 1 online, 2 warning, 3 error, 4 offline, 5 maintenance. Automatic: for valtronics_device_status. Mappings and thresholds win over them.',
      ),
      category,
      defaultValue: defaultOptions.statusCodes,
      settings: {
        options: [
          { value: 'auto', label: automatic },
          { value: 'always', label: t('devicestatus.options.always', 'Always') },
          { value: 'never', label: t('devicestatus.options.never', 'Never') },
        ],
      },
    });
}

function addControls(builder: PanelOptionsEditorBuilder<DeviceStatusOptions>): void {
  const category = [t('devicestatus.options.controls', 'Controls')];
  builder
    .addBooleanSwitch({
      path: 'showSearch',
      name: t('devicestatus.options.search', 'Search field'),
      description: t(
        'devicestatus.options.search-help',
        'Finds devices by name, identity, group or value while you type.',
      ),
      category,
      defaultValue: defaultOptions.showSearch,
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: t('devicestatus.options.legend', 'Legend'),
      description: t(
        'devicestatus.options.legend-help',
        'Number and share of each status; a click shows one alone, with Ctrl or Command several.',
      ),
      category,
      defaultValue: defaultOptions.showLegend,
    })
    .addBooleanSwitch({
      path: 'showTooltip',
      name: t('devicestatus.options.tooltip', 'Tooltip'),
      description: t(
        'devicestatus.options.tooltip-help',
        'Times, labels and other values of the device under the pointer.',
      ),
      category,
      defaultValue: defaultOptions.showTooltip,
    })
    .addBooleanSwitch({
      path: 'linkToDevice',
      name: t('devicestatus.options.link', 'Open the device page'),
      description: t(
        'devicestatus.options.link-help',
        'On a click, for devices without data links of their own.',
      ),
      category,
      defaultValue: defaultOptions.linkToDevice,
    });
}

/** Fills the panel's editor. */
export function addOptions(builder: PanelOptionsEditorBuilder<DeviceStatusOptions>): void {
  addLayout(builder);
  addData(builder);
  addControls(builder);
}
