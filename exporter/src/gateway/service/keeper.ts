import {
  createMeasuredGateway,
  type MeasuredGateway,
  type MeasuredGatewayOptions,
} from './measured-gateway.ts';
import type { GatewayPlan } from './plan.ts';

/** Keeps the gateway that the settings ask for through reloads. */
export interface GatewayKeeper {
  /**
   * Runs a gateway by this plan, or none. The one that runs stays when its plan does, and opens its access log again: who
   * rotates it asks for a reload. Else it lets go of the address at once, and its requests come to their end beside the new one. Rejects when the new one cannot start: the old is back then.
   */
  apply(plan: GatewayPlan | undefined): Promise<void>;
  /** Brings the gauges up to date. */
  update(): void;
  /** Ends it; safe to call twice. */
  stop(): Promise<void>;
}

/** Makes the keeper; nothing runs before the first `apply`. */
export function createGatewayKeeper(options: Omit<MeasuredGatewayOptions, 'plan'>): GatewayKeeper {
  let running: MeasuredGateway | undefined;
  /** Those that have let go of their address, and still have requests. */
  let draining: Promise<unknown> = Promise.resolve();

  async function begin(plan: GatewayPlan | undefined): Promise<void> {
    running = undefined;
    if (plan === undefined) return;
    const next = createMeasuredGateway({ ...options, plan });
    await next.start();
    running = next;
  }

  async function replace(old: MeasuredGateway | undefined, plan: GatewayPlan | undefined): Promise<void> {
    draining = Promise.all([draining, old?.stop()]);
    try {
      await begin(plan);
    } catch (error) {
      await begin(old?.plan);
      throw error;
    } finally {
      if (running === undefined) old?.withdraw();
    }
  }

  return {
    apply: async (plan) => {
      if (JSON.stringify(plan) === JSON.stringify(running?.plan)) running?.reopen();
      else await replace(running, plan);
    },
    update: () => running?.update(),
    stop: async () => {
      const old = running;
      running = undefined;
      await Promise.all([draining, old?.stop()]);
      old?.withdraw();
    },
  };
}
