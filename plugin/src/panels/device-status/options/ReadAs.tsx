import type { StandardEditorProps } from '@grafana/data';
import { describeRoles } from '../../../kit/frames/describe-roles';
import { RolesLine } from '../../../kit/frames/RolesLine';
import { defaultOptions, type DeviceStatusOptions } from './options';

/** Says in the editor which fields the panel takes for what. */
export function ReadAs({ context }: StandardEditorProps<unknown, unknown, DeviceStatusOptions>) {
  return <RolesLine lines={describeRoles(context.data, { ...defaultOptions, ...context.options })} />;
}
