import { type Context, Hono } from "hono";
import { z } from "zod";
import { stripeAccountSchema } from "../config.ts";
import { BadFields, parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { closeDispute, escalate, openDisputeOf } from "./disputes.ts";
import { announce, type News, tellAgain } from "./events.ts";
import { defaultKnobs, someKnobsSchema, withKnobs } from "./knobs.ts";
import { stripeSections } from "./panel-page.ts";
import { bring, decide, imaginedNews, strangeIntent } from "./pay.ts";
import { failRefund, finishRefund, makeRefund, refundNews } from "./refunds.ts";
import type { StripeAccount } from "./shapes.ts";
import { putAccount, type StripeWorld } from "./world.ts";

const amount = z.coerce.number().int().min(0).max(1e12);
const decideSchema = z.object({ decision: z.enum(["approve", "decline"]) });
const chargeSchema = z.object({
  accountId: z.string(),
  reference: z.string().min(1).max(255),
  amount,
  currency: z.string().length(3).toLowerCase().default("cop"),
  status: z.enum(["succeeded", "processing", "declined"]).default("succeeded"),
  id: z.string().min(1).max(255).optional(),
});
const partSchema = z.object({ amount: amount.optional() });
const disputeSchema = partSchema.extend({ kind: z.enum(["dispute", "inquiry"]).default("dispute") });
const closeSchema = z.object({ decision: z.enum(["won", "lost"]) });
const tellSchema = z.object({ type: z.string().max(100).optional() });

/** Everything that happens behind the gateway's back: knobs, banks, disputes, forged events. */
export function stripePanel(world: StripeWorld): Hono {
  const panel = new Hono();

  panel.get("/", (c) => c.html(page({ title: say("Pagos simulados (Stripe)"), at: "/stripe", body: stripeSections(world, 50) })));
  panel.get("/state", (c) => c.json(stateOf(world, c.req.query("accountId"), c.req.query("reference"))));

  panel.post("/panel/accounts", async (c) => {
    const account = putAccount(world, parseFields(stripeAccountSchema, await readFields(c)));
    return pressed(c, account, "/stripe");
  });

  panel.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const account = accountOf(world, fields.accountId);
    const base = fields.reset === "on" ? { ...defaultKnobs } : account.knobs;
    account.knobs = withKnobs(base, parseFields(someKnobsSchema, fields));
    return pressed(c, { accountId: account.accountId, knobs: account.knobs }, "/stripe");
  });

  paymentButtons(panel, world);
  moneyBackButtons(panel, world);
  return panel;
}

function paymentButtons(panel: Hono, world: StripeWorld): void {
  /** A payment that another system of the merchant made. */
  panel.post("/payments/create", async (c) => {
    const fields = await readFields(c);
    const made = parseFields(chargeSchema, fields);
    const account = accountOf(world, made.accountId);
    const intent = strangeIntent(world, made);
    const events = await tell(world, { account, fields }, bring(world, intent, made.status));
    return pressed(c, { intent, events }, "/stripe");
  });

  /** An event about a payment that the API does not know. */
  panel.post("/events/send", async (c) => {
    const fields = await readFields(c);
    const imagined = parseFields(chargeSchema, fields);
    const account = accountOf(world, imagined.accountId);
    return pressed(c, { events: await tell(world, { account, fields }, [imaginedNews(world, imagined)]) }, "/stripe");
  });

  panel.post("/payments/:id/decide", async (c) => {
    const intent = world.intents.get(c.req.param("id"));
    if (!intent) return unknown(c);
    const fields = await readFields(c);
    const { decision } = parseFields(decideSchema, fields);
    const account = accountOf(world, intent.accountId);
    const knobs = knobsFor(account, fields);
    intent.amount = knobs.amount ?? intent.amount;
    intent.currency = knobs.currency ?? intent.currency;
    const news = decide(world, intent, { isApproved: decision === "approve", knobs });
    return pressed(c, { intent, events: await announce(world, { account, knobs }, news) }, "/stripe");
  });

  panel.post("/payments/:id/send-event", async (c) => {
    const intent = world.intents.get(c.req.param("id"));
    const fields = await readFields(c);
    const { type } = parseFields(tellSchema, fields);
    const known = [...world.events.values()].findLast(
      (event) => event.intentId === c.req.param("id") && (!type || event.type === type) && isHeard(event.type),
    );
    if (!intent || !known) return unknown(c);
    const account = accountOf(world, intent.accountId);
    return pressed(c, { intent, events: await tellAgain(world, { account, knobs: knobsFor(account, fields) }, known) }, "/stripe");
  });
}

/** What an endpoint of ours is told of a payment. */
const isHeard = (type: string): boolean => type !== "charge.succeeded" && type !== "charge.failed";

function moneyBackButtons(panel: Hono, world: StripeWorld): void {
  panel.post("/payments/:id/refund", async (c) => {
    const intent = world.intents.get(c.req.param("id"));
    const charge = world.charges.get(intent?.chargeId ?? "");
    if (!intent || charge?.status !== "succeeded") return unknown(c);
    const fields = await readFields(c);
    const left = charge.amount - charge.amountRefunded;
    const part = parseFields(partSchema, { amount: fields.amount });
    if (left === 0) throw new BadFields({ amount: ["nothing is left to refund"] });
    const account = accountOf(world, intent.accountId);
    const refund = makeRefund(world, account, {
      charge,
      amount: Math.min(part.amount ?? left, left),
      reason: "requested_by_customer",
      metadata: {},
    });
    const knobs = knobsFor(account, { ...fields, amount: "" });
    return pressed(
      c,
      { refund, events: await announce(world, { account, knobs }, refundNews(world, refund, "charge.refunded")) },
      "/stripe",
    );
  });

  for (const [word, act] of [
    ["fail", failRefund],
    ["finish", finishRefund],
  ] as const)
    panel.post(`/refunds/:id/${word}`, async (c) => {
      const refund = world.refunds.get(c.req.param("id"));
      if (!refund) return unknown(c);
      await act(world, refund);
      return pressed(c, { refund }, "/stripe");
    });

  panel.post("/payments/:id/dispute", async (c) => {
    const intent = world.intents.get(c.req.param("id"));
    if (!intent) return unknown(c);
    const { kind, amount: part } = parseFields(disputeSchema, await readFields(c));
    const account = accountOf(world, intent.accountId);
    const news = openDisputeOf(world, intent, kind, part);
    if (news.length === 0) throw new BadFields({ id: ["nothing was paid"] });
    const dispute = [...world.disputes.values()].at(-1);
    return pressed(c, { dispute, events: await announce(world, { account, knobs: account.knobs }, news) }, "/stripe");
  });

  panel.post("/disputes/:id/close", async (c) =>
    disputed(c, world, (dispute, fields) => closeDispute(world, dispute, parseFields(closeSchema, fields).decision)),
  );
  panel.post("/disputes/:id/escalate", async (c) => disputed(c, world, (dispute) => escalate(world, dispute)));
}

type Dispute = NonNullable<ReturnType<StripeWorld["disputes"]["get"]>>;

async function disputed(
  c: Context,
  world: StripeWorld,
  act: (dispute: Dispute, fields: Record<string, string>) => News[],
): Promise<Response> {
  const dispute = world.disputes.get(c.req.param("id") ?? "");
  if (!dispute) return unknown(c);
  const account = accountOf(world, dispute.accountId);
  const news = act(dispute, await readFields(c));
  return pressed(c, { dispute, events: await announce(world, { account, knobs: account.knobs }, news) }, "/stripe");
}

type Told = { account: StripeAccount; fields: Record<string, string> };

/** `amount` and `currency` are the payment's here, and no knobs. */
const tell = (world: StripeWorld, { account, fields }: Told, news: News[]) =>
  announce(world, { account, knobs: knobsFor(account, { event: "before", ...fields, amount: "", currency: "" }) }, news);

function knobsFor(account: StripeAccount, fields: Record<string, string>) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
  return withKnobs(account.knobs, parseFields(someKnobsSchema, given));
}

function accountOf(world: StripeWorld, id: string | undefined): StripeAccount {
  const account = world.accounts.get(id ?? "");
  if (!account) throw new BadFields({ accountId: ["no account has this id"] });
  return account;
}

const unknown = (c: Context) => c.json({ error: "unknown" }, 404);

function stateOf(world: StripeWorld, accountId: string | undefined, reference: string | undefined) {
  const isOf = (entry: { accountId: string }) => accountId === undefined || entry.accountId === accountId;
  const intents = [...world.intents.values()].filter((intent) => isOf(intent) && (!reference || intent.metadata.reference === reference));
  const ids = new Set(intents.map(({ id }) => id));
  const isAsked = (entry: { accountId: string; intentId: string | null }) => isOf(entry) && (!reference || ids.has(entry.intentId ?? ""));
  return {
    sessions: [...world.sessions.values()].filter((session) => isOf(session) && (!reference || session.clientReferenceId === reference)),
    intents: intents.map((intent) => ({ ...intent, charge: world.charges.get(intent.chargeId ?? "") ?? null })),
    refunds: [...world.refunds.values()].filter(isAsked),
    disputes: [...world.disputes.values()].filter(isAsked),
    events: [...world.events.values()].filter((event) => event.attempts.length > 0 || event.nextAttemptAt !== null).filter(isAsked),
    accounts: [...world.accounts.values()]
      .filter(isOf)
      .map(({ name, accountId: id, eventsUrl, knobs }) => ({ name, accountId: id, eventsUrl, knobs })),
  };
}
