import { FLEET_PAGE } from '../shared/dashboard.ts';

/** The device that is chosen: every query of the dashboard has it. */
export const CHOSEN = 'device_id="$device_id"';

export const NO_DEVICE =
  'Prometheus knows no such device: choose one above. Those that the platform does not know have no series.';

/** The page of the chosen device in the app: in the query, where any id survives. */
export const DEVICE_PAGE = `${FLEET_PAGE}/~?id=\${device_id:percentencode}`;
