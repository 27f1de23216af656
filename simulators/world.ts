import { type Clock, createClock } from "./clock.ts";
import { configSchema, type SimulatorsConfig } from "./config.ts";
import { createDailyWorld, type DailyWorld } from "./daily/rooms.ts";
import { createInbox, type Inbox } from "./mail/inbox.ts";
import { createMerchantServers, type MerchantServers } from "./merchant/callbacks.ts";
import { createStripeWorld, type StripeWorld } from "./stripe/world.ts";
import { createWompiWorld, type WompiWorld } from "./wompi/world.ts";

/** The whole outside world, in memory. */
export type World = {
  clock: Clock;
  wompi: WompiWorld;
  stripe: StripeWorld;
  daily: DailyWorld;
  inbox: Inbox;
  merchantServers: MerchantServers;
};

export function createWorld(config: SimulatorsConfig): World {
  const { wompi, stripe, daily, merchantServers } = configSchema.parse(config);
  const clock = createClock();
  return {
    clock,
    wompi: createWompiWorld(clock, wompi.merchants),
    stripe: createStripeWorld(clock, stripe.accounts),
    daily: createDailyWorld(clock, daily),
    inbox: createInbox(clock),
    merchantServers: createMerchantServers(clock, merchantServers),
  };
}
