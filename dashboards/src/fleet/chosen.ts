/** The devices of the chosen types and locations. */
export const CHOSEN_INFO = 'valtronics_device_info{device_type=~"$device_type", location=~"$location"}';

/** The series of the metric that are about these devices. */
export function ofChosen(metric: string): string {
  return `${metric} and on (job, instance, device_id) ${CHOSEN_INFO}`;
}
