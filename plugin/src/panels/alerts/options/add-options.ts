import type {
  FieldOverrideContext,
  PanelOptionsEditorBuilder,
  SelectFieldConfigSettings,
} from '@grafana/data';
import { t } from '@grafana/i18n';
import { ALERT_ORIGINS } from '../../../domain/alerts/alert';
import { alertStateWord, originWord } from '../../../features/alerts/list/alertWords';
import { severityWord } from '../../../features/alerts/list/severityLook';
import { type AlertsOptions, defaultOptions } from './options';

/** Grafana types the default of a choice of several as one of them. */
type Several = SelectFieldConfigSettings<unknown>;
type Builder = PanelOptionsEditorBuilder<AlertsOptions>;

/** Labels that alerts of Valtronics have; others are typed in. */
const LABELS = [
  'alertname',
  'service',
  'severity',
  'device_id',
  'device_type',
  'metric_name',
  'instance',
  'job',
];
const PRESENT_STATES = ['active', 'acknowledged', 'pending'] as const;

/** Labels to choose from: the usual ones and those of the query's answer. */
export function labelChoices({
  data,
}: Pick<FieldOverrideContext, 'data'>): { value: string; label: string }[] {
  const found = data.flatMap(({ fields }) => fields.flatMap(({ labels }) => Object.keys(labels ?? {})));
  return [...new Set([...LABELS, ...found.sort()])].map((name) => ({ value: name, label: name }));
}

function addSource(builder: Builder): void {
  const category = [t('alerts.panel.options.what', 'What is listed')];
  builder
    .addRadio({
      path: 'source',
      name: t('alerts.panel.options.source', 'Source'),
      description: t(
        'alerts.panel.options.sourceHelp',
        'Valtronics needs no query: it asks the exporter, Alertmanager, Prometheus and Grafana, as the alerts page does.',
      ),
      category,
      defaultValue: defaultOptions.source,
      settings: {
        options: [
          { value: 'valtronics', label: 'Valtronics' },
          { value: 'query', label: t('alerts.panel.options.query', 'Query') },
        ],
      },
    })
    .addRadio({
      path: 'mode',
      name: t('alerts.panel.options.mode', 'Show'),
      description: t(
        'alerts.panel.options.modeHelp',
        'What is there now, or what began, was taken on and ended within the time range of the dashboard.',
      ),
      category,
      defaultValue: defaultOptions.mode,
      settings: {
        options: [
          { value: 'current', label: t('alerts.panel.options.current', 'Now') },
          { value: 'changes', label: t('alerts.panel.options.changes', 'Changes') },
        ],
      },
    })
    .addMultiSelect<unknown, Several>({
      path: 'origins',
      name: t('alerts.panel.options.origins', 'Known to'),
      description: t('alerts.panel.options.originsHelp', 'Only alerts that one of these knows. Empty: all.'),
      category,
      defaultValue: defaultOptions.origins,
      settings: { options: ALERT_ORIGINS.map((value) => ({ value, label: originWord(value) })) },
      showIf: ({ source }) => source === 'valtronics',
    });
}

function addFilters(builder: Builder): void {
  const category = [t('alerts.panel.options.filters', 'Filters')];
  builder
    .addMultiSelect<unknown, Several>({
      path: 'states',
      name: t('alerts.panel.options.states', 'States'),
      category,
      defaultValue: defaultOptions.states,
      settings: { options: PRESENT_STATES.map((value) => ({ value, label: alertStateWord(value) })) },
      showIf: ({ mode }) => mode === 'current',
    })
    .addMultiSelect<unknown, Several>({
      path: 'severities',
      name: t('alerts.panel.options.severities', 'Severities'),
      description: t('alerts.panel.options.severitiesHelp', 'Empty: all.'),
      category,
      defaultValue: defaultOptions.severities,
      settings: {
        options: ['critical', 'warning', 'info'].map((value) => ({ value, label: severityWord(value) })),
        allowCustomValue: true,
      },
    })
    .addTextInput({
      path: 'matchers',
      name: t('alerts.panel.options.matchers', 'Labels'),
      description: t(
        'alerts.panel.options.matchersHelp',
        'Matchers as in Alertmanager, with variables of the dashboard; use =~ for a variable of several values.',
      ),
      category,
      defaultValue: defaultOptions.matchers,
      settings: { placeholder: 'service="api", device_id=~"$device"' },
    })
    .addBooleanSwitch({
      path: 'showAcknowledged',
      name: t('alerts.panel.options.acknowledged', 'Acknowledged too'),
      category,
      defaultValue: defaultOptions.showAcknowledged,
      showIf: ({ mode }) => mode === 'current',
    })
    .addBooleanSwitch({
      path: 'showMuted',
      name: t('alerts.panel.options.muted', 'Silenced too'),
      description: t('alerts.panel.options.mutedHelp', 'Also what is inhibited or under maintenance.'),
      category,
      defaultValue: defaultOptions.showMuted,
      showIf: ({ source, mode }) => source === 'valtronics' && mode === 'current',
    });
}

function addOrder(builder: Builder): void {
  const category = [t('alerts.panel.options.order', 'Order')];
  const getOptions = (context: FieldOverrideContext) => Promise.resolve(labelChoices(context));
  builder
    .addSelect({
      path: 'sortBy',
      name: t('alerts.panel.options.sort', 'Sort by'),
      category,
      defaultValue: defaultOptions.sortBy,
      settings: {
        options: [
          { value: 'severity', label: t('alerts.panel.options.bySeverity', 'Severity') },
          { value: 'newest', label: t('alerts.panel.options.byNewest', 'Newest first') },
          { value: 'oldest', label: t('alerts.panel.options.byOldest', 'Oldest first') },
          { value: 'name', label: t('alerts.panel.options.byName', 'Name') },
        ],
      },
      showIf: ({ mode }) => mode === 'current',
    })
    .addSelect({
      path: 'groupBy',
      name: t('alerts.panel.options.group', 'Group by'),
      description: t(
        'alerts.panel.options.groupHelp',
        'A label; alerts without it have a group of their own.',
      ),
      category,
      defaultValue: defaultOptions.groupBy,
      settings: {
        options: [],
        allowCustomValue: true,
        getOptions: async (context: FieldOverrideContext) => [
          { value: '', label: t('alerts.panel.options.noGroups', 'No groups') },
          ...(await getOptions(context)),
        ],
      },
    })
    .addNumberInput({
      path: 'maxRows',
      name: t('alerts.panel.options.most', 'Most rows'),
      description: t('alerts.panel.options.mostHelp', '0: all.'),
      category,
      defaultValue: defaultOptions.maxRows,
      settings: { min: 0, integer: true },
    });
}

function addLooks(builder: Builder): void {
  const category = [t('alerts.panel.options.looks', 'Looks')];
  builder
    .addRadio({
      path: 'density',
      name: t('alerts.panel.options.density', 'Rows'),
      category,
      defaultValue: defaultOptions.density,
      settings: {
        options: [
          { value: 'compact', label: t('alerts.panel.options.compact', 'One line') },
          { value: 'wide', label: t('alerts.panel.options.wide', 'Two lines') },
        ],
      },
    })
    .addMultiSelect<unknown, Several>({
      path: 'labels',
      name: t('alerts.panel.options.labels', 'Labels in each row'),
      description: t('alerts.panel.options.labelsHelp', 'A device_id leads to the page of the device.'),
      category,
      defaultValue: defaultOptions.labels,
      settings: {
        options: [],
        allowCustomValue: true,
        getOptions: (context: FieldOverrideContext) => Promise.resolve(labelChoices(context)),
      },
    })
    .addBooleanSwitch({
      path: 'showCounts',
      name: t('alerts.panel.options.counts', 'Counts by severity'),
      category,
      defaultValue: defaultOptions.showCounts,
    })
    .addBooleanSwitch({
      path: 'showActions',
      name: t('alerts.panel.options.actions', 'Acknowledge and silence'),
      description: t('alerts.panel.options.actionsHelp', 'Buttons in each row, for Editors.'),
      category,
      defaultValue: defaultOptions.showActions,
      showIf: ({ source, mode }) => source === 'valtronics' && mode === 'current',
    });
}

/** Fills the panel's editor. */
export function addOptions(builder: Builder): void {
  addSource(builder);
  addFilters(builder);
  addOrder(builder);
  addLooks(builder);
}
