import {
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PROMETHEUS } from './datasource.ts';

/** A variable whose choices are the values of a label. Links carry it by its name: it means the same on each dashboard. */
export interface LabelVariable {
  readonly name: string;
  /** The label, where it is not named like the variable. */
  readonly label?: string;
  readonly title: string;
  /** The selector of the series that have the label. */
  readonly of: string;
}

function valuesOf({ name, label = name, title, of }: LabelVariable): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(PROMETHEUS)
    .query({ query: `label_values(${of}, ${label})`, refId: name })
    .definition(`label_values(${of}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc);
}

/**
 * Several values or all. "All" is a pattern of its own, not a list of the values: a query stays short with 20,000
 * devices. Grafana escapes what is chosen for `=~`, so values may hold characters of patterns.
 */
export function labelVariable(variable: LabelVariable): VariableModel {
  return valuesOf(variable)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: ['All'], value: ['$__all'] })
    .build();
}

/** `$device_type`: types of devices. */
export function deviceTypeVariable(): VariableModel {
  return labelVariable({ name: 'device_type', title: 'Device type', of: 'valtronics_device_info' });
}

/** `$location`: where devices of the chosen types are. */
export function locationVariable(): VariableModel {
  return labelVariable({
    name: 'location',
    title: 'Location',
    of: 'valtronics_device_info{device_type=~"$device_type"}',
  });
}

/** `$device_id`: devices of the chosen types at the chosen places. */
export function deviceVariable(): VariableModel {
  return labelVariable({
    name: 'device_id',
    title: 'Device',
    of: 'valtronics_device_info{device_type=~"$device_type", location=~"$location"}',
  });
}

/** `$device_id`: one device of the chosen types at the chosen places, for `=`, which knows no patterns. */
export function oneDeviceVariable(): VariableModel {
  return valuesOf({
    name: 'device_id',
    title: 'Device',
    of: 'valtronics_device_info{device_type=~"$device_type", location=~"$location"}',
  })
    .multi(false)
    .includeAll(false)
    .build();
}
