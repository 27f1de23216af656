import { type Context, Hono } from "hono";
import { type Problem, problem } from "./errors.ts";
import { announceSoon } from "./notices.ts";
import { chargebackShape, paymentShape, readShape, refundShape } from "./payment-shape.ts";
import { changePreference, createPreference, preferenceShape } from "./preferences.ts";
import { refundByKey } from "./refunds.ts";
import { searchPayments } from "./search.ts";
import type { MpAccount, MpPayment } from "./shapes.ts";
import { changeStatus, type MercadopagoWorld } from "./world.ts";

const notFound = problem(404, "not_found", "Payment not found", 2000);
const badToken = problem(401, "unauthorized", "invalid access token");

type Api = Hono<{ Variables: { account: MpAccount } }>;

/** The REST API. Each account sees its own, by its access token. */
export function mercadopagoApi(world: MercadopagoWorld): Api {
  const api: Api = new Hono();

  api.use(async (c, next) => {
    const account = bearerOf(world, c);
    if (!account) return answer(c, badToken);
    c.set("account", account);
    const { knobs } = account;
    if (knobs.apiDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, knobs.apiDelayMs));
    const fails = knobs.apiStatus !== 0 && knobs.apiFailures > 0;
    if (fails) knobs.apiFailures -= 1;
    // The effect is there, and the answer is lost.
    if (!fails || knobs.apiFailsAfter === "on") await next();
    if (fails)
      c.res = Response.json(
        { message: "Falla simulada", error: "internal_error", status: knobs.apiStatus, cause: [] },
        { status: knobs.apiStatus },
      );
    return undefined;
  });

  api.get("/users/me", (c) => c.json(userShape(c.get("account"))));

  servePreferences(api, world);
  servePayments(api, world);
  serveCases(api, world);
  return api;
}

function servePreferences(api: Api, world: MercadopagoWorld): void {
  api.post("/checkout/preferences", async (c) => {
    const account = c.get("account");
    const key = c.req.header("x-idempotency-key");
    const place = `${account.userId} preference ${key}`;
    const before = key === undefined ? undefined : world.answered.get(place);
    if (before) return c.json(before.body, 201);
    const made = createPreference(world, account, await c.req.json().catch(() => null));
    if ("body" in made) return answer(c, made);
    const body = preferenceShape(world, made);
    if (key !== undefined) world.answered.set(place, { fingerprint: "", status: 201, body });
    return c.json(body, 201);
  });

  api.get("/checkout/preferences/:id", (c) => {
    const preference = world.preferences.get(c.req.param("id"));
    return preference?.userId === c.get("account").userId ? c.json(preferenceShape(world, preference)) : answer(c, notFound);
  });

  api.put("/checkout/preferences/:id", async (c) => {
    const account = c.get("account");
    const preference = world.preferences.get(c.req.param("id"));
    if (preference?.userId !== account.userId) return answer(c, notFound);
    const changed = changePreference(account, preference, await c.req.json().catch(() => null));
    return "body" in changed ? answer(c, changed) : c.json(preferenceShape(world, changed));
  });
}

function servePayments(api: Api, world: MercadopagoWorld): void {
  api.get("/v1/payments/search", (c) => c.json(searchPayments(world, c.get("account"), c.req.query())));

  api.get("/v1/payments/:id", (c) => {
    const account = c.get("account");
    const payment = ownPayment(world, account, c.req.param("id"));
    return payment ? c.json(readShape(payment, account)) : answer(c, notFound);
  });

  api.put("/v1/payments/:id", async (c) => {
    const account = c.get("account");
    const payment = ownPayment(world, account, c.req.param("id"));
    if (!payment) return answer(c, notFound);
    const body: unknown = await c.req.json().catch(() => null);
    const refused = cancel(world, { account, payment, body });
    return refused ? answer(c, refused) : c.json(paymentShape(payment, account));
  });

  api.post("/v1/payments/:id/refunds", async (c) => {
    const account = c.get("account");
    const payment = ownPayment(world, account, c.req.param("id"));
    if (!payment) return answer(c, notFound);
    const done = refundByKey(world, {
      account,
      payment,
      key: c.req.header("x-idempotency-key"),
      body: await c.req.json().catch(() => ({})),
    });
    return Response.json(done.body, { status: done.status });
  });

  api.get("/v1/payments/:id/refunds", (c) => {
    const payment = ownPayment(world, c.get("account"), c.req.param("id"));
    return payment ? c.json(payment.refunds.map((refund) => refundShape(refund, payment))) : answer(c, notFound);
  });
}

function serveCases(api: Api, world: MercadopagoWorld): void {
  api.get("/v1/chargebacks/search", (c) => {
    const results = casesOf(world, c.get("account")).filter(({ payments }) => payments.includes(Number(c.req.query("payment_id"))));
    return c.json({ paging: { total: results.length, limit: 25, offset: 0 }, results });
  });

  api.get("/v1/chargebacks/:id", (c) => {
    const found = casesOf(world, c.get("account")).find(({ id }) => id === c.req.param("id"));
    return found ? c.json(found) : answer(c, problem(404, "not_found", "Chargeback not found"));
  });
}

const answer = (c: Context, { body, status }: Problem) => c.json(body, status);

function bearerOf(world: MercadopagoWorld, c: Context): MpAccount | undefined {
  const token = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return [...world.accounts.values()].find(({ accessToken }) => accessToken === token);
}

function ownPayment(world: MercadopagoWorld, { userId }: MpAccount, id: string): MpPayment | undefined {
  const payment = world.payments.get(id);
  return payment?.userId === userId ? payment : undefined;
}

function casesOf(world: MercadopagoWorld, account: MpAccount) {
  return [...world.chargebacks.values()].flatMap((chargeback) => {
    const payment = ownPayment(world, account, chargeback.paymentId);
    return payment ? [chargebackShape(chargeback, payment)] : [];
  });
}

/** What was paid in the same moment (knob `cancelRace`) can no longer be cancelled. */
function cancel(
  world: MercadopagoWorld,
  { account, payment, body }: { account: MpAccount; payment: MpPayment; body: unknown },
): Problem | null {
  const status: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "status") : undefined;
  if (status !== "cancelled") return problem(400, "bad_request", "Invalid status for update", 2016);
  const isOpen = ["pending", "in_process", "authorized"].includes(payment.status);
  const isRace = isOpen && account.knobs.cancelRace === "on";
  if (isRace) changeStatus(world, payment, ["approved", "accredited"]);
  else if (isOpen) changeStatus(world, payment, ["cancelled", "by_collector"]);
  if (isOpen) announceSoon(world, { account, payment, knobs: account.knobs, action: "payment.updated" });
  return isOpen && !isRace ? null : problem(400, "bad_request", "The action requested is not valid for the current payment state", 2063);
}

function userShape(account: MpAccount) {
  return {
    id: Number(account.userId),
    nickname: "TESTUSER",
    first_name: account.name,
    country_id: account.siteId === "MCO" ? "CO" : account.siteId.slice(2),
    site_id: account.siteId,
    email: `test_user_${account.userId}@testuser.com`,
    tags: account.isTest ? ["normal", "test_user"] : ["normal"],
    status: { site_status: "active" },
  };
}
