import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { addiApi } from "./addi/api.ts";
import { pageRoutes as addiPages } from "./addi/page-routes.ts";
import { addiPanel } from "./addi/panel.ts";
import { resetAddi } from "./addi/world.ts";
import { boldApi } from "./bold/api.ts";
import { pageRoutes as boldPages } from "./bold/page-routes.ts";
import { boldPanel } from "./bold/panel.ts";
import { resetBold } from "./bold/world.ts";
import { dailyApi } from "./daily/api.ts";
import { dailyPanel } from "./daily/panel.ts";
import { resetDaily } from "./daily/rooms.ts";
import { BadFields, parseFields, pressed, readFields } from "./fields.ts";
import { resetInbox } from "./mail/inbox.ts";
import { mailRoutes } from "./mail/routes.ts";
import { mercadopagoApi } from "./mercadopago/api.ts";
import { checkoutRoutes as mercadopagoCheckout } from "./mercadopago/checkout-routes.ts";
import { mercadopagoPanel } from "./mercadopago/panel.ts";
import { resetMercadopago } from "./mercadopago/world.ts";
import { resetMerchantServers } from "./merchant/callbacks.ts";
import { merchantRoutes } from "./merchant/routes.ts";
import { overviewPage } from "./overview.ts";
import { stripeApi } from "./stripe/api.ts";
import { checkoutRoutes as stripeCheckout } from "./stripe/checkout-routes.ts";
import { stripePanel } from "./stripe/panel.ts";
import { resetStripe } from "./stripe/world.ts";
import { wompiApi } from "./wompi/api.ts";
import { checkoutRoutes } from "./wompi/checkout-routes.ts";
import { wompiPanel } from "./wompi/panel.ts";
import { resetWompi } from "./wompi/world.ts";
import { inLanguage } from "./words.ts";
import type { World } from "./world.ts";

const bodyBytesMax = 1024 * 1024;
const advanceSchema = z.object({
  seconds: z.coerce
    .number()
    .min(0)
    .max(366 * 86_400),
});

/** Serves all simulated services: a path per service, and the page that shows them all. */
export function createApp(world: World): Hono {
  const app = new Hono({ strict: false }); // a trailing slash makes no difference
  app.use(bodyLimit({ maxSize: bodyBytesMax }));
  app.use(inLanguage);
  app.onError((error, c) => {
    if (error instanceof BadFields) return c.json({ error: error.message, problems: error.problems }, 422);
    if (error instanceof HTTPException) return error.getResponse();
    console.error(error);
    return c.json({ error: "the simulator failed", detail: String(error) }, 500);
  });

  app.get("/", (c) => c.html(overviewPage(world, c.req.query("refresh"))));
  app.get("/healthz", (c) => c.json({ ok: true }));

  app.get("/clock", (c) => c.json(clockState(world)));
  app.post("/clock/advance", async (c) => {
    const { seconds } = parseFields(advanceSchema, await readFields(c));
    await world.clock.advance(seconds);
    return pressed(c, clockState(world), "/");
  });

  app.post("/reset", (c) => {
    world.clock.clear();
    resetWompi(world.wompi);
    resetMercadopago(world.mercadopago);
    resetStripe(world.stripe);
    resetBold(world.bold);
    resetAddi(world.addi);
    resetDaily(world.daily);
    resetInbox(world.inbox);
    resetMerchantServers(world.merchantServers);
    return pressed(c, { ok: true }, "/");
  });

  app.route("/wompi/v1", wompiApi(world.wompi));
  app.route("/wompi", checkoutRoutes(world.wompi));
  app.route("/wompi", wompiPanel(world.wompi));
  app.route("/mercadopago", mercadopagoPanel(world.mercadopago));
  app.route("/mercadopago", mercadopagoCheckout(world.mercadopago));
  app.route("/mercadopago/api", mercadopagoApi(world.mercadopago));
  // The official package knows a host and a port, and no path before its own.
  app.route("/v1", stripeApi(world.stripe));
  app.route("/stripe", stripeCheckout(world.stripe));
  app.route("/stripe", stripePanel(world.stripe));
  app.route("/bold/api", boldApi(world.bold));
  app.route("/bold", boldPages(world.bold));
  app.route("/bold", boldPanel(world.bold));
  app.route("/addi/api", addiApi(world.addi));
  app.route("/addi", addiPages(world.addi));
  app.route("/addi", addiPanel(world.addi));
  app.route("/daily/v1", dailyApi(world.daily));
  app.route("/daily", dailyPanel(world.daily));
  app.route("/mail", mailRoutes(world.inbox));
  app.route("/merchant", merchantRoutes(world.merchantServers));
  return app;
}

const clockState = (world: World) => ({ now: new Date(world.clock.now()).toISOString(), waiting: world.clock.waiting() });
