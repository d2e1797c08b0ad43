import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueGraphMode } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { dashboardUrl, explainedBy, TIME } from '../shared/links.ts';
import { instant, range } from '../shared/query.ts';
import { thresholdOf } from '../shared/rules.ts';
import { stat } from '../shared/stat.ts';
import { statusMapping } from '../shared/status.ts';
import { neutral, upTo } from '../shared/thresholds.ts';
import { CHOSEN, DEVICE_PAGE } from './source.ts';

const NO_DEVICE = 'no device';
const WHY = explainedBy('Why: the device in the app', `${DEVICE_PAGE}&${TIME}`);

/** 1 for each device in error or offline, 0 for the others. */
const TROUBLE = '((valtronics_device_status == bool 3) + (valtronics_device_status == bool 4))';

function status(): Builder<Panel> {
  return stat({
    id: 1,
    title: 'Status',
    description:
      'The effective status: the newest report of any source, overruled by silence. Error and offline need somebody; click for the reason.',
    noValue: NO_DEVICE,
  })
    .withTarget(instant(`max(valtronics_device_status{${CHOSEN}})`, 'status'))
    .unit('none')
    .mappings([statusMapping()])
    .graphMode(BigValueGraphMode.None)
    .dataLinks([WHY]);
}

function since(): Builder<Panel> {
  return stat({
    id: 2,
    title: 'In It For',
    description: 'How long the device has been in its status, restarts of the exporter included.',
    noValue: NO_DEVICE,
  })
    .withTarget(instant(`time() - max(valtronics_device_status_since_timestamp_seconds{${CHOSEN}})`, 'since'))
    .unit('s')
    .decimals(1)
    .thresholds(neutral())
    .graphMode(BigValueGraphMode.None)
    .dataLinks([WHY]);
}

function silence(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Silent For',
    description:
      'Time since the device was last heard of, by any source. Longer than VALTRONICS_OFFLINE_AFTER, or three times its usual interval, makes it offline; red from where DeviceStale begins to count.',
    runbooks: ['DeviceStale'],
    noValue: 'never heard',
  })
    .withTarget(instant(`time() - max(valtronics_device_last_seen_timestamp_seconds{${CHOSEN}})`, 'silence'))
    .unit('s')
    .decimals(1)
    .thresholds(upTo(thresholdOf('DeviceStale')))
    .graphMode(BigValueGraphMode.None)
    .dataLinks([WHY]);
}

function values(): Builder<Panel> {
  return stat({
    id: 4,
    title: 'Metrics',
    description:
      'Metrics of which the device has sent a number. Fewer than others of its type: a part of it is silent, or sends no numbers.',
    noValue: 'none yet',
  })
    .withTarget(range(`count(valtronics_device_telemetry{${CHOSEN}})`, 'metrics'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral());
}

function sameType(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Same Type',
    description:
      'Share of the devices of the same type that are in error or offline. Many at once: not this device, but what they share, firmware for example.',
    runbooks: ['DevicesOffline'],
    noValue: NO_DEVICE,
  })
    .withTarget(
      range(
        `avg(${TROUBLE} and on (job, instance, device_type) valtronics_device_status{${CHOSEN}})`,
        'in trouble',
      ),
    )
    .unit('percentunit')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('DevicesOffline')))
    .dataLinks([explainedBy('Show the fleet', dashboardUrl('valtronics-fleet'))]);
}

function samePlace(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Same Place',
    description:
      'Share of the devices at the same location that are in error or offline. Many at once: power or network of the place.',
    runbooks: ['DevicesOffline'],
    noValue: NO_DEVICE,
  })
    .withTarget(
      range(
        `avg(${TROUBLE} and on (job, instance, device_id)
          (valtronics_device_info and on (job, instance, location) valtronics_device_info{${CHOSEN}}))`,
        'in trouble',
      ),
    )
    .unit('percentunit')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('DevicesOffline')))
    .dataLinks([explainedBy('Show the fleet', dashboardUrl('valtronics-fleet'))]);
}

/** The first line: how is it, since when, and is it alone with that? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [status(), since(), silence(), values(), sameType(), samePlace()];
}
