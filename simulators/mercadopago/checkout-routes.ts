import { type Context, Hono } from "hono";
import { parseFields, readFields, wantsJson } from "../fields.ts";
import { checkoutPage, endPage, refusalPage } from "./checkout-page.ts";
import { someKnobsSchema, withKnobs } from "./knobs.ts";
import { inPageLanguage, type PageWord } from "./page-words.ts";
import { backUrl, type Checkout, type Choice, pay, paySchema } from "./pay.ts";
import { methodIds } from "./shapes.ts";
import { accountOf, type MercadopagoWorld } from "./world.ts";

type Refusal = { status: 404 | 409 | 410; word: PageWord };

/** Serves the hosted page and its buttons. A preference can be paid again and again. */
export function checkoutRoutes(world: MercadopagoWorld): Hono {
  const routes = new Hono();
  const siteOf = (id = "") => {
    const preference = world.preferences.get(id);
    return preference && accountOf(world, preference)?.siteId;
  };
  routes.use("/checkout/*", inPageLanguage(siteOf));

  routes.get("/checkout/v1/redirect", (c) => {
    const checkout = readCheckout(world, c.req.query("pref_id"));
    if ("word" in checkout) return refused(c, checkout);
    const paid = [...world.payments.values()].filter(({ preferenceId }) => preferenceId === checkout.preference.id);
    return c.html(checkoutPage({ ...checkout, paid }));
  });

  routes.get("/checkout/end", (c) => {
    const payment = world.payments.get(c.req.query("id") ?? "");
    const preference = world.preferences.get(c.req.query("pref_id") ?? "");
    return c.html(endPage({ payment, back: preference ? backUrl(preference, payment) : null, preference }));
  });

  routes.post("/checkout/pay", async (c) => {
    const fields = await readFields(c);
    const choice = parseFields(paySchema, fields);
    const changes = parseFields(someKnobsSchema, fields);
    const isAfterEnd = changes.expiredApprovals === "allowed";
    const checkout = readCheckout(world, choice.pref_id, isAfterEnd);
    if ("word" in checkout) return refused(c, checkout);
    const refusal = refuseMethod(checkout, choice);
    if (refusal) return refused(c, refusal);
    const paid = await pay(world, checkout, { choice, changes });
    if (wantsJson(c)) return c.json(paid);
    const { preference } = checkout;
    // Only an approved payment sends the browser back by itself.
    if (paid.redirectUrl && (choice.leave === "without_paying" || (preference.autoReturn && paid.status === "approved")))
      return c.redirect(paid.redirectUrl, 303);
    const end = new URLSearchParams({ id: paid.paymentIds[0] ?? "", pref_id: preference.id });
    return c.redirect(`/mercadopago/checkout/end?${end}`, 303);
  });

  return routes;
}

function readCheckout(world: MercadopagoWorld, id: string | undefined, isAfterEnd = false): Checkout | Refusal {
  const preference = world.preferences.get(id ?? "");
  const account = preference && accountOf(world, preference);
  if (!preference || !account) return { status: 404, word: "unknown" };
  const { expires, expirationDateTo } = preference;
  const isOver = expires && expirationDateTo !== null && Date.parse(expirationDateTo) <= world.clock.now();
  const isTaken = isAfterEnd || withKnobs(account.knobs, {}).expiredApprovals === "allowed";
  return isOver && !isTaken ? { status: 410, word: "ended" } : { account, preference };
}

function refuseMethod({ preference }: Checkout, { method, leave }: Choice): Refusal | null {
  const isExcluded = preference.excludedTypes.includes(methodIds[method][1]);
  return isExcluded && leave !== "without_paying" ? { status: 409, word: "excluded" } : null;
}

function refused(c: Context, { status, word }: Refusal) {
  return wantsJson(c) ? c.json({ refused: word }, status) : c.html(refusalPage(word), status);
}
