import { type Context, Hono } from "hono";
import { z } from "zod";
import { wompiMerchantSchema } from "../config.ts";
import { BadFields, parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { announce } from "./events.ts";
import { defaultKnobs, type SomeKnobs, someKnobsSchema, withKnobs } from "./knobs.ts";
import { wompiSections } from "./panel-page.ts";
import { recallTransactions } from "./recall.ts";
import type { WompiMerchant, WompiTransaction } from "./shapes.ts";
import { createTransaction, finalize, putMerchant, type WompiWorld } from "./world.ts";

const method = z.enum(["CARD", "NEQUI", "PSE"]).default("CARD");
const amountInCents = z.coerce.number().int().min(0).max(1e12);
const resolveSchema = z.object({ status: z.enum(["APPROVED", "DECLINED", "ERROR", "VOIDED"]) });
const createSchema = z.object({
  publicKey: z.string(),
  reference: z.string().min(1).max(255),
  amountInCents,
  currency: z.string().default("COP"),
  status: z.enum(["PENDING", "APPROVED", "DECLINED", "ERROR", "VOIDED"]).default("APPROVED"),
  method,
  id: z.string().min(1).max(255).optional(),
});
const forgedSchema = createSchema.extend({ status: z.string().default("APPROVED") });

/** Everything that happens behind the gateway's back: knobs, late results, forged events. */
export function wompiPanel(world: WompiWorld): Hono {
  const panel = new Hono();

  panel.get("/", (c) => c.html(page({ title: say("Pagos simulados (Wompi)"), at: "/wompi", body: wompiSections(world, 50) })));
  panel.get("/state", (c) => c.json(stateOf(world, c.req.query("reference"), c.req.query("publicKey"))));

  panel.post("/panel/merchants", async (c) => {
    const merchant = putMerchant(world, parseFields(wompiMerchantSchema, await readFields(c)));
    return pressed(c, merchant, "/wompi");
  });

  panel.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const merchant = merchantNamed(world, fields.publicKey);
    const base = fields.reset === "on" ? { ...defaultKnobs } : merchant.knobs;
    merchant.knobs = withKnobs(base, parseFields(someKnobsSchema, fields));
    return pressed(c, { publicKey: merchant.publicKey, knobs: merchant.knobs }, "/wompi");
  });

  panel.post("/transactions/create", async (c) => {
    const fields = await readFields(c);
    const { status, publicKey, ...input } = parseFields(createSchema, fields);
    const merchant = merchantNamed(world, publicKey);
    const transaction = createTransaction(world, { merchant, ...input });
    const changes = parseFields(someKnobsSchema, { ...fields, amountInCents: undefined, currency: undefined });
    const events = status === "PENDING" ? [] : await settle(world, transaction, { status, changes });
    return pressed(c, { transaction, events }, "/wompi");
  });

  panel.post("/transactions/recall", async (c) => c.json(recallTransactions(world, await c.req.json().catch(() => null))));

  panel.post("/transactions/:id/resolve", async (c) => {
    const transaction = world.transactions.get(c.req.param("id"));
    if (!transaction) return unknownTransaction(c);
    const fields = await readFields(c);
    const { status } = parseFields(resolveSchema, fields);
    const events = await settle(world, transaction, { status, changes: parseFields(someKnobsSchema, fields) });
    return pressed(c, { transaction, events }, "/wompi");
  });

  panel.post("/transactions/:id/send-event", async (c) => {
    const transaction = world.transactions.get(c.req.param("id"));
    if (!transaction) return unknownTransaction(c);
    const fields = await readFields(c);
    const changes = parseFields(someKnobsSchema, { event: "before", eventCopies: fields.copies, ...fields });
    const merchant = merchantNamed(world, transaction.publicKey);
    const events = await announce(world, { merchant, transaction, knobs: withKnobs(merchant.knobs, changes) });
    return pressed(c, { transaction, events }, "/wompi");
  });

  panel.post("/events/send", async (c) => {
    const fields = await readFields(c);
    const forged = parseFields(forgedSchema, fields);
    const changes = parseFields(someKnobsSchema, { event: "before", ...fields, amountInCents: undefined, currency: undefined });
    const merchant = merchantNamed(world, forged.publicKey);
    const transaction = imagined(world, merchant, forged);
    const events = await announce(world, { merchant, transaction, knobs: withKnobs(merchant.knobs, changes) });
    return pressed(c, { events }, "/wompi");
  });

  return panel;
}

function merchantNamed(world: WompiWorld, publicKey: string | undefined): WompiMerchant {
  const merchant = world.merchants.get(publicKey ?? "");
  if (!merchant) throw new BadFields({ publicKey: ["no merchant has this public key"] });
  return merchant;
}

async function settle(world: WompiWorld, transaction: WompiTransaction, { status, changes }: { status: string; changes: SomeKnobs }) {
  const merchant = merchantNamed(world, transaction.publicKey);
  const knobs = withKnobs(merchant.knobs, changes);
  // A bank that pays another amount than it had announced.
  transaction.amountInCents = changes.amountInCents ?? transaction.amountInCents;
  transaction.currency = changes.currency ?? transaction.currency;
  finalize(world, transaction, knobs.unknownStatus ?? status, knobs.apiLag);
  return announce(world, { merchant, transaction, knobs });
}

/** Makes a transaction that the API does not know: only its event exists. */
function imagined(world: WompiWorld, merchant: WompiMerchant, forged: z.output<typeof forgedSchema>): WompiTransaction {
  const now = new Date(world.clock.now()).toISOString();
  return {
    id: forged.id ?? `${merchant.number}-${Math.floor(world.clock.now() / 1000)}-00000`,
    publicKey: merchant.publicKey,
    reference: forged.reference,
    amountInCents: forged.amountInCents,
    currency: forged.currency,
    status: forged.status,
    statusMessage: null,
    createdAt: now,
    finalizedAt: now,
    method: forged.method,
    redirectUrl: null,
    expirationTime: null,
    customer: { email: null, fullName: null, phoneNumber: null },
    refundedInCents: 0,
    lagReadsLeft: 0,
  };
}

const unknownTransaction = (c: Context) => c.json({ error: "unknown transaction" }, 404);

function stateOf(world: WompiWorld, reference: string | undefined, publicKey: string | undefined) {
  const isAsked = (each: { reference: string; publicKey: string }) =>
    (reference === undefined || each.reference === reference) && (publicKey === undefined || each.publicKey === publicKey);
  const transactions = [...world.transactions.values()].filter(isAsked);
  const ids = new Set(transactions.map((transaction) => transaction.id));
  const refunds = world.refunds.filter((refund) => ids.has(refund.transactionId));
  const merchants = [...world.merchants.values()].filter((merchant) => publicKey === undefined || merchant.publicKey === publicKey);
  const shown = merchants.map(({ name, publicKey: key, eventsUrl, knobs }) => ({ name, publicKey: key, eventsUrl, knobs }));
  return { transactions, events: [...world.events.values()].filter(isAsked), refunds, merchants: shown };
}
