import { Hono } from "hono";
import { z } from "zod";
import { mercadopagoAccountSchema } from "../config.ts";
import { type Fields, parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { defaultKnobs, type SomeKnobs, someKnobsSchema, withKnobs } from "./knobs.ts";
import { accountNamed, paymentNamed } from "./named.ts";
import { announce, announceAgain } from "./notices.ts";
import { moneyPanel } from "./panel-money.ts";
import { mercadopagoSections } from "./panel-page.ts";
import { decide } from "./pay.ts";
import { type MpAccount, type MpPayment, methods } from "./shapes.ts";
import { createPayment, type MercadopagoWorld, paymentsOf, putAccount } from "./world.ts";

const ends = {
  approved: "accredited",
  rejected: "cc_rejected_other_reason",
  cancelled: "expired",
  pending: "pending_waiting_payment",
} as const;
const endSchema = z.object({ status: z.enum(["approved", "rejected", "cancelled"]) });
const createSchema = z.object({
  account: z.string(),
  reference: z.string().min(1).max(256),
  amount: z.coerce.number().min(0).max(1e12),
  currency: z.string().default("COP"),
  status: z.enum(["pending", "approved", "rejected"]).default("approved"),
  method: z.enum(methods).default("card"),
  id: z.string().regex(/^\d+$/).optional(),
});

/** Everything that happens behind the gateway's back: knobs, late results, forged notices. */
export function mercadopagoPanel(world: MercadopagoWorld): Hono {
  const panel = new Hono();
  const at = "/mercadopago";

  panel.get("/", (c) => c.html(page({ title: say("Pagos simulados (Mercado Pago)"), at, body: mercadopagoSections(world, 50) })));
  panel.get("/state", (c) => c.json(stateOf(world, c.req.query())));

  panel.post("/panel/accounts", async (c) => {
    const account = putAccount(world, parseFields(mercadopagoAccountSchema, await readFields(c)));
    return pressed(c, account, at);
  });

  panel.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const account = accountNamed(world, fields.account);
    const { noticeUrl } = account.knobs;
    const base = fields.reset === "on" ? withKnobs(defaultKnobs, { noticeUrl }) : account.knobs;
    account.knobs = withKnobs(base, parseFields(someKnobsSchema, fields));
    return pressed(c, { account: account.userId, knobs: account.knobs }, at);
  });

  panel.post("/payments/create", async (c) => {
    const fields = await readFields(c);
    const { status, account: number, ...input } = parseFields(createSchema, fields);
    const account = accountNamed(world, number);
    const knobs = withKnobs(account.knobs, tellingOf(fields));
    const payment = createPayment(world, { account, knobs, ...input });
    if (status !== "pending") decide(world, { payment, knobs }, [status, ends[status]]);
    const notices = await announce(world, { account, payment, knobs, action: "payment.created" });
    return pressed(c, { payment, notices }, at);
  });

  panel.post("/payments/:id/decide", async (c) => {
    const fields = await readFields(c);
    const payment = paymentNamed(world, c.req.param("id"));
    const account = accountNamed(world, payment.userId);
    const { status } = parseFields(endSchema, fields);
    const changes = parseFields(someKnobsSchema, fields);
    const knobs = withKnobs(account.knobs, changes);
    // A bank that pays another amount than it had announced.
    payment.amount = changes.amount ?? payment.amount;
    payment.currency = changes.currency ?? payment.currency;
    decide(world, { payment, knobs }, [status, ends[status]]);
    const notices = await announce(world, { account, payment, knobs, action: "payment.updated" });
    return pressed(c, { payment, notices }, at);
  });

  panel.post("/payments/:id/tell", async (c) => {
    const payment = paymentNamed(world, c.req.param("id"));
    const account = accountNamed(world, payment.userId);
    const knobs = withKnobs(account.knobs, { notice: "before", ...tellingOf(await readFields(c)) });
    const notices = await announceAgain(world, { account, payment, knobs, action: "payment.updated" });
    return pressed(c, { payment, notices }, at);
  });

  panel.post("/notices/send", async (c) => {
    const fields = await readFields(c);
    const forged = parseFields(createSchema, fields);
    const account = accountNamed(world, forged.account);
    const knobs = withKnobs(account.knobs, { notice: "before", ...tellingOf(fields) });
    const notices = await announce(world, { account, payment: imagined(world, account, forged), knobs, action: "payment.updated" });
    return pressed(c, { notices }, at);
  });

  panel.route("/", moneyPanel(world));
  return panel;
}

/** An amount of these forms is the payment's own, not one that the knob changes. */
const tellingOf = (fields: Fields): SomeKnobs => parseFields(someKnobsSchema, { ...fields, amount: undefined, currency: undefined });

/** A payment that the API does not know: only its notice exists. */
function imagined(world: MercadopagoWorld, account: MpAccount, forged: z.output<typeof createSchema>): MpPayment {
  const elsewhere: MercadopagoWorld = { ...world, payments: new Map(), references: new Map() };
  const payment = createPayment(elsewhere, { ...forged, account, knobs: account.knobs });
  decide(elsewhere, { payment, knobs: account.knobs }, [forged.status, ends[forged.status]]);
  return payment;
}

function stateOf(world: MercadopagoWorld, { reference, account }: Record<string, string>) {
  const isAsked = (each: { reference: string | null; userId: string }) =>
    (reference === undefined || each.reference === reference) && (account === undefined || each.userId === account);
  const payments = account === undefined ? [...world.payments.values()].filter(isAsked) : paymentsOf(world, account).filter(isAsked);
  const accounts = [...world.accounts.values()].filter(({ userId }) => account === undefined || userId === account);
  const ids = new Set(payments.map(({ id }) => id));
  return {
    payments,
    preferences: [...world.preferences.values()].filter(isAsked),
    notices: [...world.notices.values()].filter(isAsked),
    chargebacks: [...world.chargebacks.values()].filter(({ paymentId }) => ids.has(paymentId)),
    accounts: accounts.map(({ name, userId, webhookUrl, knobs }) => ({ name, userId, webhookUrl, knobs })),
  };
}
