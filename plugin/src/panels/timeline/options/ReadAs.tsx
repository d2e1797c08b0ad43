import type { StandardEditorProps } from '@grafana/data';
import { RolesLine } from '../../../kit/frames/RolesLine';
import { describeTimeline } from '../data/describe';
import { defaultOptions, type TimelineOptions } from './options';

/** Says in the editor which fields the panel takes for what. */
export function ReadAs({ context }: StandardEditorProps<unknown, unknown, TimelineOptions>) {
  return <RolesLine lines={describeTimeline(context.data, { ...defaultOptions, ...context.options })} />;
}
