import type { PanelOptionsEditorBuilder } from '@grafana/data';
import { t } from '@grafana/i18n';
import { fieldChoice } from '../../../kit/frames/field-names';
import { defaultOptions, type TimelineOptions } from './options';
import { ReadAs } from './ReadAs';

type Builder = PanelOptionsEditorBuilder<TimelineOptions>;

function addRows(builder: Builder): void {
  const category = [t('timeline.options.rows', 'Rows')];
  builder
    .addSelect({
      path: 'groupBy',
      name: t('timeline.options.group', 'Group by'),
      description: t('timeline.options.group-help', 'Field or label whose values become headings.'),
      category,
      defaultValue: defaultOptions.groupBy,
      settings: fieldChoice(t('timeline.options.no-groups', 'No groups')),
    })
    .addBooleanSwitch({
      path: 'showHeadings',
      name: t('timeline.options.headings', 'Headings of groups'),
      description: t(
        'timeline.options.headings-help',
        'Name of the group, number of devices by present state, and share of time online.',
      ),
      category,
      defaultValue: defaultOptions.showHeadings,
      showIf: ({ groupBy }) => groupBy !== '',
    })
    .addSelect({
      path: 'sortBy',
      name: t('timeline.options.sort', 'Sort by'),
      description: t(
        'timeline.options.sort-help',
        'Order of the rows inside each group, the worst first; whoever looks may sort otherwise by a click on a head.',
      ),
      category,
      defaultValue: defaultOptions.sortBy,
      settings: {
        options: [
          { value: 'status', label: t('timeline.options.sort-status', 'Present state') },
          { value: 'name', label: t('timeline.options.sort-name', 'Name') },
          { value: 'trouble', label: t('timeline.options.sort-trouble', 'Time in trouble') },
          { value: 'changes', label: t('timeline.options.sort-changes', 'Number of changes') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'descending',
      name: t('timeline.options.descending', 'Reverse the order'),
      category,
      defaultValue: defaultOptions.descending,
    })
    .addSliderInput({
      path: 'rowHeight',
      name: t('timeline.options.row-height', 'Height of a row'),
      description: t('timeline.options.row-height-help', 'In pixels. Rows that do not fit are scrolled to.'),
      category,
      defaultValue: defaultOptions.rowHeight,
      settings: { min: 12, max: 60, step: 2 },
    });
}

function addData(builder: Builder): void {
  const category = [t('timeline.options.data', 'Data')];
  const automatic = t('timeline.options.automatic', 'Automatic');
  const settings = fieldChoice(automatic);
  builder
    .addCustomEditor({
      id: 'roles',
      path: 'roles',
      name: t('timeline.options.roles', 'Read as'),
      description: t(
        'timeline.options.roles-help',
        'Which fields and labels the panel takes for what. A query named "alerts", or one for ALERTS, tells alerts in tooltips.',
      ),
      category,
      editor: ReadAs,
    })
    .addSelect({
      path: 'valueField',
      name: t('timeline.options.value-field', 'State'),
      description: t(
        'timeline.options.value-field-help',
        'Automatic: "Value" of a metric, else a field named status, state, health or value, else the first number.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'timeField',
      name: t('timeline.options.time-field', 'Beginning of a state'),
      description: t(
        'timeline.options.time-field-help',
        'In tables of changes. Automatic: time, start, since or last change, else the first field of time.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'endField',
      name: t('timeline.options.end-field', 'End of a state'),
      description: t(
        'timeline.options.end-field-help',
        'In tables of changes. Automatic: end, until or stop, else each state lasts until the next.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'nameField',
      name: t('timeline.options.name-field', 'Name'),
      description: t(
        'timeline.options.name-field-help',
        'Automatic: the display name or legend, else name, device name or title, else the identity, else the labels that differ.',
      ),
      category,
      defaultValue: '',
      settings,
    })
    .addSelect({
      path: 'idField',
      name: t('timeline.options.id-field', 'Identity'),
      description: t(
        'timeline.options.id-field-help',
        'What links use and by which alerts find their device. Automatic: device_id, device, id, uid, serial; host or instance only for links.',
      ),
      category,
      defaultValue: '',
      settings,
    });
}

function addStates(builder: Builder): void {
  const category = [t('timeline.options.states', 'States')];
  builder
    .addRadio({
      path: 'gaps',
      name: t('timeline.options.gaps', 'Gaps'),
      description: t(
        'timeline.options.gaps-help',
        'When a device counts as unheard. Automatic: one and a half steps without a sample of a series; a row of a table holds until the next. Values that are null are always gaps, unless a mapping gives them a name.',
      ),
      category,
      defaultValue: defaultOptions.gaps,
      settings: {
        options: [
          { value: 'auto', label: t('timeline.options.gaps-auto', 'Automatic') },
          { value: 'after', label: t('timeline.options.gaps-after', 'After a time') },
          { value: 'never', label: t('timeline.options.gaps-never', 'Never') },
        ],
      },
    })
    .addNumberInput({
      path: 'gapAfter',
      name: t('timeline.options.gap-after', 'Gap after (seconds)'),
      category,
      defaultValue: defaultOptions.gapAfter,
      settings: { min: 1, integer: true },
      showIf: ({ gaps }) => gaps === 'after',
    })
    .addRadio({
      path: 'statusCodes',
      name: t('timeline.options.codes', 'Status codes'),
      description: t(
        'timeline.options.codes-help',
        '0 unknown, 1 online, 2 warning, 3 error, 4 offline, 5 maintenance. Automatic: for valtronics_device_status. Mappings and thresholds win over them.',
      ),
      category,
      defaultValue: defaultOptions.statusCodes,
      settings: {
        options: [
          { value: 'auto', label: t('timeline.options.automatic', 'Automatic') },
          { value: 'always', label: t('timeline.options.always', 'Always') },
          { value: 'never', label: t('timeline.options.never', 'Never') },
        ],
      },
    });
}

function addControls(builder: Builder): void {
  const category = [t('timeline.options.controls', 'Controls')];
  builder
    .addBooleanSwitch({
      path: 'showSearch',
      name: t('timeline.options.search', 'Search field'),
      description: t(
        'timeline.options.search-help',
        'Finds devices by name, identity or group while you type.',
      ),
      category,
      defaultValue: defaultOptions.showSearch,
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: t('timeline.options.legend', 'Legend'),
      description: t(
        'timeline.options.legend-help',
        'In how many rows each state occurs and its share of all time; a click shows those rows alone, with Ctrl or Command several.',
      ),
      category,
      defaultValue: defaultOptions.showLegend,
    })
    .addBooleanSwitch({
      path: 'showSummary',
      name: t('timeline.options.summary', 'Summary'),
      description: t(
        'timeline.options.summary-help',
        'Share of time by state, changes, mean time between troubles and to recover, as many columns as have room, and as CSV.',
      ),
      category,
      defaultValue: defaultOptions.showSummary,
    })
    .addBooleanSwitch({
      path: 'showTooltip',
      name: t('timeline.options.tooltip', 'Tooltip'),
      description: t(
        'timeline.options.tooltip-help',
        'State, beginning, end, duration and alerts of what is under the pointer.',
      ),
      category,
      defaultValue: defaultOptions.showTooltip,
    })
    .addBooleanSwitch({
      path: 'linkToDevice',
      name: t('timeline.options.link', 'Open the device page'),
      description: t(
        'timeline.options.link-help',
        'By a click on a name, for devices without data links of their own.',
      ),
      category,
      defaultValue: defaultOptions.linkToDevice,
    });
}

/** Fills the panel's editor. */
export function addOptions(builder: Builder): void {
  addRows(builder);
  addData(builder);
  addStates(builder);
  addControls(builder);
}
