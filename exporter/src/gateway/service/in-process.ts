import { wildcards } from '../../base/wildcards.ts';
import type { Settings } from '../../config/schema.ts';
import type { HttpServer } from '../../http/server.ts';
import { type GatewayAdminOptions, startGatewayAdmin } from './admin.ts';
import { createGatewayKeeper } from './keeper.ts';
import type { MeasuredGatewayOptions } from './measured-gateway.ts';
import { gatewayPlan } from './plan.ts';

/** What an address of the gateway's own shows beside the exporter, which has them all. */
const isAboutGateway = wildcards(['valtronics_gateway_*', 'valtronics_api_request*']);

export type InProcessOptions = Omit<MeasuredGatewayOptions, 'plan'> &
  Pick<GatewayAdminOptions, 'reload' | 'token'>;

/** The gateway in the exporter's process, where the settings want one. */
export interface InProcessGateway {
  /** Begins it, and serves its health at an address of its own where the settings name one. Rejects with a sentence for operators. */
  start(settings: Settings): Promise<void>;
  /** Takes new settings over; rejects, and stays as it is, when they do not work. */
  apply(settings: Settings): Promise<void>;
  /** Brings its gauges up to date. */
  update(): void;
  /** Lets requests come to their end, in under five seconds. */
  stop(): Promise<void>;
}

/** Makes it; nothing runs before the start. */
export function createInProcessGateway({ reload, token, ...options }: InProcessOptions): InProcessGateway {
  const { metrics, logger } = options;
  const keeper = createGatewayKeeper(options);
  const apply = (settings: Settings): Promise<void> => keeper.apply(gatewayPlan(settings));
  let admin: HttpServer | undefined;

  return {
    start: async (settings) => {
      const { listen, admin_listen: adminListen } = settings.gateway;
      await apply(settings);
      if (listen === undefined || adminListen === undefined) return;
      admin = await startGatewayAdmin({
        ...{ metrics, logger, reload, token, listen: adminListen, update: keeper.update },
        ...{ problems: () => Promise.resolve([]), isLeftOut: (family) => !isAboutGateway(family) },
      });
    },
    apply,
    update: keeper.update,
    stop: async () => {
      await Promise.all([keeper.stop(), admin?.stop()]);
    },
  };
}
