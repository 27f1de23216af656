import { type Context, Hono } from "hono";
import { isSameText } from "../same-text.ts";
import { noSuch, StripeRefusal } from "./errors.ts";
import { apiVersion } from "./events.ts";
import { type Params, parseForm, textAt, textsAt } from "./form.ts";
import { once } from "./idempotency.ts";
import { accountObject, balanceObject, chargeObject, disputeObject, intentObject, refundObject, sessionObject } from "./objects.ts";
import { createRefund, tellOfRefund } from "./refunds.ts";
import { createSession, expireByCall, lapse } from "./sessions.ts";
import type { StripeAccount } from "./shapes.ts";
import { disputesOf, newId, refundsOf, type StripeWorld, secondsNow } from "./world.ts";

const eventDays = 30;

/** The API under /v1: form bodies, Basic or Bearer, the real service's errors. */
export function stripeApi(world: StripeWorld): Hono {
  const api = new Hono();

  api.onError((error, c) => {
    if (error instanceof StripeRefusal) return c.json(error.body, error.status, { "Request-Id": newId("req_", 14) });
    throw error;
  });

  api.use(async (c, next) => {
    const knobs = accountOf(world, c)?.knobs;
    if (!knobs) return next();
    if (knobs.apiDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, knobs.apiDelayMs));
    if (knobs.apiStatus === 0 || knobs.apiFailures === 0) return next();
    knobs.apiFailures -= 1;
    const type = knobs.apiStatus === 401 ? "invalid_request_error" : "api_error";
    return Response.json({ error: { type, message: "A simulated failure." } }, { status: knobs.apiStatus });
  });

  api.get("/account", (c) => c.json(accountObject(signedIn(world, c))));

  api.post("/checkout/sessions", (c) =>
    posted(world, c, (account, params) => {
      const pageUrl = `${publicOrigin(c)}/stripe/c/pay`;
      return sessionObject(world, createSession(world, { account, pageUrl }, params));
    }),
  );
  api.get("/checkout/sessions", (c) => {
    const account = signedIn(world, c);
    const intentId = c.req.query("payment_intent");
    const found = [...world.sessions.values()].filter(
      (each) => each.accountId === account.accountId && (!intentId || each.intentId === intentId),
    );
    return c.json(page(c, account, found.toReversed(), (session) => sessionObject(world, session)));
  });
  api.get("/checkout/sessions/:id", (c) => {
    const session = own(signedIn(world, c), world.sessions.get(c.req.param("id")), "checkout.session", c.req.param("id"));
    lapse(world, session);
    const shown = sessionObject(world, session, expandOf(c));
    countLag(world, session.intentId);
    return c.json(shown);
  });
  api.post("/checkout/sessions/:id/expire", (c) =>
    posted(world, c, async (account) => {
      const session = own(account, world.sessions.get(c.req.param("id")), "checkout.session", c.req.param("id"));
      return sessionObject(world, await expireByCall(world, account, session));
    }),
  );

  api.get("/payment_intents/:id", (c) => {
    const intent = own(signedIn(world, c), world.intents.get(c.req.param("id")), "payment_intent", c.req.param("id"));
    const shown = intentObject(world, intent, expandOf(c));
    countLag(world, intent.id);
    return c.json(shown);
  });
  api.get("/charges/:id", (c) =>
    c.json(chargeObject(world, own(signedIn(world, c), world.charges.get(c.req.param("id")), "charge", c.req.param("id")), expandOf(c))),
  );
  moneyRoutes(api, world);

  api.get("/events", (c) => {
    const account = signedIn(world, c);
    const since = Math.max(secondsNow(world) - eventDays * 86_400, Number(c.req.query("created[gte]") ?? 0));
    const type = c.req.query("type");
    const events = [...world.events.values()].filter(
      (each) => each.accountId === account.accountId && each.created >= since && (!type || each.type === type),
    );
    const single = [...new Map(events.map((event) => [event.eventId, event])).values()].map((event) => ({ ...event, id: event.eventId }));
    return c.json(page(c, account, single.toReversed(), (event) => JSON.parse(event.body) as object));
  });

  api.all("*", (c) => {
    const message = `Unrecognized request URL (${c.req.method}: ${c.req.path}).`;
    return c.json({ error: { type: "invalid_request_error", message } }, 404);
  });
  return api;
}

function moneyRoutes(api: Hono, world: StripeWorld): void {
  api.post("/refunds", (c) =>
    posted(world, c, (account, params) => {
      const refund = createRefund(world, account, params);
      tellOfRefund(world, account, refund);
      return refundObject(refund);
    }),
  );
  api.get("/refunds", (c) => {
    const account = signedIn(world, c);
    const chargeId = chargeAsked(world, c);
    const found = chargeId ? refundsOf(world, chargeId) : [...world.refunds.values()].toReversed();
    return c.json(page(c, account, found.filter(isOf(account)), refundObject));
  });
  api.get("/refunds/:id", (c) =>
    c.json(refundObject(own(signedIn(world, c), world.refunds.get(c.req.param("id")), "refund", c.req.param("id")))),
  );
  api.get("/disputes", (c) => {
    const account = signedIn(world, c);
    const chargeId = chargeAsked(world, c);
    const found = chargeId ? disputesOf(world, chargeId) : [...world.disputes.values()].toReversed();
    return c.json(page(c, account, found.filter(isOf(account)), (dispute) => disputeObject(world, dispute)));
  });
  api.get("/disputes/:id", (c) =>
    c.json(disputeObject(world, own(signedIn(world, c), world.disputes.get(c.req.param("id")), "dispute", c.req.param("id")))),
  );
  api.get("/balance_transactions", (c) => {
    const account = signedIn(world, c);
    const source = c.req.query("source");
    const found = [...world.balance.values()].filter((each) => isOf(account)(each) && (!source || each.source === source));
    return c.json(page(c, account, found.toReversed(), balanceObject));
  });
  api.get("/balance_transactions/:id", (c) =>
    c.json(balanceObject(own(signedIn(world, c), world.balance.get(c.req.param("id")), "balance transaction", c.req.param("id")))),
  );
}

const isOf =
  ({ accountId }: StripeAccount) =>
  (entry: { accountId: string }): boolean =>
    entry.accountId === accountId;

/** By its own id, or as the charge of a payment. */
function chargeAsked(world: StripeWorld, c: Context): string | undefined {
  const intentId = c.req.query("payment_intent");
  return c.req.query("charge") ?? (intentId === undefined ? undefined : (world.intents.get(intentId)?.chargeId ?? "none"));
}

function countLag(world: StripeWorld, intentId: string | null): void {
  const intent = intentId === null ? undefined : world.intents.get(intentId);
  if (intent && intent.lagReadsLeft > 0) intent.lagReadsLeft -= 1;
}

/** The page's address has the host by which the caller came. */
const publicOrigin = (c: Context): string => new URL(c.req.url).origin;

function accountOf(world: StripeWorld, c: Context): StripeAccount | undefined {
  const key = keyOf(c);
  return key === null ? undefined : [...world.accounts.values()].find(({ secretKey }) => isSameText(secretKey, key));
}

/** `Authorization: Bearer <key>`, or Basic with the key as the name and no password. */
function keyOf(c: Context): string | null {
  const [, scheme = "", value = ""] = /^(Bearer|Basic) (.+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  if (scheme === "") return null;
  return /^basic$/i.test(scheme) ? (Buffer.from(value, "base64").toString().split(":")[0] ?? "") : value;
}

function signedIn(world: StripeWorld, c: Context): StripeAccount {
  const account = accountOf(world, c);
  if (account) return account;
  const key = keyOf(c);
  const message = key === null ? "You did not provide an API key." : `Invalid API Key provided: ${key.slice(0, 8)}********`;
  throw new StripeRefusal(401, { message });
}

/** `pi_…` of another account does not exist for this one. */
function own<T extends { accountId: string }>(account: StripeAccount, entry: T | undefined, what: string, id: string): T {
  if (entry?.accountId !== account.accountId) throw noSuch(what, id, what === "payment_intent" ? "intent" : what);
  return entry;
}

async function posted(
  world: StripeWorld,
  c: Context,
  execute: (account: StripeAccount, params: Params) => object | Promise<object>,
): Promise<Response> {
  const account = signedIn(world, c);
  const body = await c.req.text();
  const key = c.req.header("idempotency-key") ?? "";
  const asked = { accountId: account.accountId, key, path: c.req.path, body };
  const headers = { "Request-Id": newId("req_", 14), "Stripe-Version": apiVersion, ...(key && { "Idempotency-Key": key }) };
  try {
    const answer = await once(world, asked, async () => ({ status: 200, body: await execute(account, parseForm(body)) }));
    return Response.json(answer.body, {
      status: answer.status,
      headers: { ...headers, ...(answer.isReplayed && { "Idempotent-Replayed": "true" }) },
    });
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    return Response.json(error.body, { status: error.status, headers: headers });
  }
}

const expandOf = (c: Context): string[] => textsAt(parseForm(new URL(c.req.url).search.slice(1)), "expand");

/** Lists are newest first; `starting_after` names the last one that is known. */
function page<T extends { id: string }>(c: Context, account: StripeAccount, rows: T[], show: (row: T) => object): object {
  const query = parseForm(new URL(c.req.url).search.slice(1));
  const limit = Math.min(Math.max(Number(textAt(query, "limit") ?? 10) || 10, 1), account.knobs.apiPageRows);
  const after = textAt(query, "starting_after");
  const first = after === undefined ? 0 : rows.findIndex(({ id }) => id === after) + 1;
  const shown = rows.slice(first, first + limit);
  return { object: "list", url: c.req.path, has_more: first + limit < rows.length, data: shown.map(show) };
}
