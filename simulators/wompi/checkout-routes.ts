import { type Context, Hono } from "hono";
import { parseFields, readFields, wantsJson } from "../fields.ts";
import { type CheckoutRefusal, isRefusal, readCheckout, refusePayment } from "./checkout.ts";
import { checkoutPage, endPage, refusalPage } from "./checkout-page.ts";
import { outcomeOfForm } from "./form.ts";
import { someKnobsSchema, withKnobs } from "./knobs.ts";
import { pay, paySchema } from "./pay.ts";
import type { WompiWorld } from "./world.ts";

/** Serves the hosted page, `GET /p/` with the merchant's query, and its buttons, `POST /p/pay`. */
export function checkoutRoutes(world: WompiWorld): Hono {
  const routes = new Hono();

  routes.get("/p", (c) => {
    const checkout = readCheckout(world, new URL(c.req.url).search.slice(1));
    if (isRefusal(checkout)) return refused(c, checkout);
    const refusal = refusePayment(world, checkout);
    return refusal ? refused(c, refusal) : c.html(checkoutPage(checkout));
  });

  routes.get("/p/end", (c) => c.html(endPage(c.req.query("outcome") ?? "", c.req.query("id"))));

  routes.post("/p/pay", async (c) => {
    const fields = await readFields(c);
    const { query, outcome: pressed, ...typed } = parseFields(paySchema, fields);
    const { method } = typed;
    const outcome = pressed === "form" ? outcomeOfForm(typed) : pressed;
    const changes = parseFields(someKnobsSchema, fields);
    const checkout = readCheckout(world, query);
    if (isRefusal(checkout)) return refused(c, checkout);
    const refusal = refusePayment(world, checkout, withKnobs(checkout.merchant.knobs, changes));
    if (refusal && outcome !== "abandon") return refused(c, refusal);
    const paid = await pay(world, checkout, { outcome, method, changes });
    if (wantsJson(c)) return c.json(paid);
    if (outcome === "decline_then_retry") return c.redirect(`/wompi/p/?${query}`, 303);
    const end = new URLSearchParams({ outcome, id: paid.transactionIds[0] ?? "" });
    return c.redirect(paid.redirectUrl ?? `/wompi/p/end?${end}`, 303);
  });

  return routes;
}

function refused(c: Context, refusal: CheckoutRefusal) {
  return wantsJson(c)
    ? c.json({ refused: refusal.message, title: refusal.title }, refusal.status)
    : c.html(refusalPage(refusal), refusal.status);
}
