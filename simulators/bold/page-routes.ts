import { type Context, Hono } from "hono";
import { parseFields, readFields, wantsJson } from "../fields.ts";
import { pageLanguage } from "../four-languages.ts";
import { someKnobsSchema, withKnobs } from "./knobs.ts";
import { endPage, linkPage, refusalPage } from "./page.ts";
import { type Paid, pay, paySchema, refusePayment } from "./pay.ts";
import { type BoldWorld, paymentsOf } from "./world.ts";

/** Serves the hosted page, `GET /pay/{link}`, and its buttons, `POST /pay`. */
export function pageRoutes(world: BoldWorld): Hono {
  const routes = new Hono();
  const find = (id: string) => {
    const link = world.links.get(id);
    const merchant = world.merchants.get(link?.identityKey ?? "");
    return link && merchant ? { link, merchant } : null;
  };

  routes.get("/pay/:link", (c) => {
    const found = find(c.req.param("link"));
    if (!found) return refused(c, 404, "unknown");
    const refusal = refusePayment(world, found.link, found.merchant.knobs);
    if (refusal) return refused(c, refusal.status, refusal.why);
    const hasFailed = paymentsOf(world, found.merchant.identityKey, found.link.reference).some(({ linkId }) => linkId === found.link.id);
    return c.html(linkPage({ ...found, hasFailed, ...shown(c) }));
  });

  routes.get("/end", (c) => {
    const payment = world.payments.get(c.req.query("payment") ?? "");
    const link = world.links.get(payment?.linkId ?? c.req.query("link") ?? "");
    const merchant = world.merchants.get(link?.identityKey ?? "");
    const returnUrl = c.req.query("gone") === "yes" ? null : (link?.callbackUrl ?? null);
    const hasButton = merchant?.knobs.event === "by_button";
    return c.html(endPage(shown(c), { paymentId: payment?.id ?? "", returnUrl, hasButton }));
  });

  routes.post("/pay", async (c) => {
    const fields = await readFields(c);
    const { link: id, ...choice } = parseFields(paySchema, fields);
    const changes = parseFields(someKnobsSchema, fields);
    const found = find(id);
    if (!found) return refused(c, 404, "unknown");
    const refusal = refusePayment(world, found.link, withKnobs(found.merchant.knobs, changes));
    if (refusal && choice.outcome !== "abandon") return refused(c, refusal.status, refusal.why);
    const paid = await pay(world, found.link, found.merchant, { ...choice, changes });
    return wantsJson(c) ? c.json(paid) : c.redirect(nextPage(paid, id, found.merchant.knobs.event === "by_button"), 303);
  });

  return routes;
}

function nextPage({ outcome, returnUrl, paymentIds: [payment = ""] }: Paid, link: string, hasButton: boolean): string {
  if (outcome === "decline_then_retry") return `/bold/pay/${link}`;
  if (returnUrl !== null && !hasButton) return returnUrl;
  return `/bold/end?${new URLSearchParams({ payment, link, ...(returnUrl === null && { gone: "yes" }) })}`;
}

const shown = (c: Context) => ({ language: pageLanguage(c), url: c.req.url });

function refused(c: Context, status: 404 | 409 | 410, why: "paid" | "expired" | "unknown") {
  return wantsJson(c) ? c.json({ refused: why }, status) : c.html(refusalPage(shown(c), why), status);
}
