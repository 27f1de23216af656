import { type AddiWorld, createAddiWorld } from "./addi/world.ts";
import { type BoldWorld, createBoldWorld } from "./bold/world.ts";
import { type Clock, createClock } from "./clock.ts";
import { configSchema, type SimulatorsConfig } from "./config.ts";
import { createDailyWorld, type DailyWorld } from "./daily/rooms.ts";
import { createInbox, type Inbox } from "./mail/inbox.ts";
import { createMercadopagoWorld, type MercadopagoWorld } from "./mercadopago/world.ts";
import { createMerchantServers, type MerchantServers } from "./merchant/callbacks.ts";
import { createStripeWorld, type StripeWorld } from "./stripe/world.ts";
import { createWompiWorld, type WompiWorld } from "./wompi/world.ts";

/** The whole outside world, in memory. */
export type World = {
  clock: Clock;
  wompi: WompiWorld;
  mercadopago: MercadopagoWorld;
  stripe: StripeWorld;
  bold: BoldWorld;
  addi: AddiWorld;
  daily: DailyWorld;
  inbox: Inbox;
  merchantServers: MerchantServers;
};

export function createWorld(config: SimulatorsConfig): World {
  const { wompi, mercadopago, stripe, bold, addi, daily, merchantServers } = configSchema.parse(config);
  const clock = createClock();
  return {
    clock,
    wompi: createWompiWorld(clock, wompi.merchants),
    mercadopago: createMercadopagoWorld(clock, mercadopago.accounts),
    stripe: createStripeWorld(clock, stripe.accounts),
    bold: createBoldWorld(clock, bold.merchants),
    addi: createAddiWorld(clock, addi.allies),
    daily: createDailyWorld(clock, daily),
    inbox: createInbox(clock),
    merchantServers: createMerchantServers(clock, merchantServers),
  };
}
