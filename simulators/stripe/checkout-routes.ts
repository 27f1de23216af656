import { type Context, Hono } from "hono";
import { z } from "zod";
import { parseFields, readFields, wantsJson } from "../fields.ts";
import { authenticationPage, checkoutPage, closedPage, gonePage, type Shown } from "./checkout-page.ts";
import { announce } from "./events.ts";
import { someKnobsSchema } from "./knobs.ts";
import { fail, outcomes, pay, testCards, usualCard } from "./pay.ts";
import { lapse } from "./sessions.ts";
import type { Session } from "./shapes.ts";
import type { StripeWorld } from "./world.ts";

const paySchema = z.object({
  outcome: z.enum(outcomes).default("approve"),
  method: z.enum(["card", "oxxo"]).default("card"),
  card: z.string().max(30).default(usualCard),
  authenticated: z.enum(["yes", "no"]).optional(),
});

/** Serves the hosted page of a session, and its button. */
export function checkoutRoutes(world: StripeWorld): Hono {
  const routes = new Hono();

  routes.get("/c/pay/:id", (c) => {
    const session = world.sessions.get(c.req.param("id"));
    if (session) lapse(world, session);
    const shown = session && shownOf(world, session);
    return shown && session.status === "open" ? c.html(checkoutPage(shown)) : gone(c, session);
  });

  routes.get("/c/end/:id", (c) => c.html(closedPage(world.sessions.get(c.req.param("id")))));

  routes.post("/c/pay/:id", async (c) => {
    const session = world.sessions.get(c.req.param("id"));
    if (session) lapse(world, session);
    const fields = await readFields(c);
    const choice = parseFields(paySchema, fields);
    const changes = parseFields(someKnobsSchema, fields);
    const shown = session && shownOf(world, session);
    if (!shown || (session.status !== "open" && choice.outcome !== "abandon")) return gone(c, session);
    // A voucher that the page does not offer cannot be chosen either.
    const method = session.excludedMethods.includes(choice.method) && !wantsJson(c) ? "card" : choice.method;
    if (needsBank(choice) && !wantsJson(c)) {
      if (choice.authenticated === undefined) return c.html(authenticationPage(shown, fields));
      if (choice.authenticated === "no") return refusedByBank(c, world, shown);
    }
    const paid = await pay(world, shown, { ...choice, method, changes });
    if (wantsJson(c)) return c.json(paid);
    if (session.status === "open" && choice.outcome !== "abandon") return c.redirect(`/stripe/c/pay/${session.id}`, 303);
    return c.redirect(paid.redirectUrl ?? `/stripe/c/end/${session.id}`, 303);
  });

  return routes;
}

const needsBank = ({ card, method }: z.output<typeof paySchema>): boolean =>
  method === "card" && testCards[card.replaceAll(/\D/g, "")]?.isAuthenticated === true;

async function refusedByBank(c: Context, world: StripeWorld, { account, session, intent }: Shown): Promise<Response> {
  const message = "We are unable to authenticate your payment method.";
  const problem = { code: "payment_intent_authentication_failure", declineCode: "authentication_required", message };
  if (intent) await announce(world, { account, knobs: account.knobs }, fail(world, intent, problem));
  return c.redirect(`/stripe/c/pay/${session.id}`, 303);
}

function shownOf(world: StripeWorld, session: Session): Shown | undefined {
  const account = world.accounts.get(session.accountId);
  return account && { account, session, intent: session.intentId === null ? undefined : world.intents.get(session.intentId) };
}

function gone(c: Context, session: Session | undefined) {
  const status = session ? 410 : 404;
  return wantsJson(c)
    ? c.json({ refused: "The session cannot be paid.", status: session?.status ?? null }, status)
    : c.html(gonePage(session), status);
}
