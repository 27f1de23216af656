import { type Context, Hono } from "hono";
import { z } from "zod";
import { boldMerchantSchema } from "../config.ts";
import { BadFields, parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { announce } from "./events.ts";
import { defaultKnobs, someKnobsSchema, withKnobs } from "./knobs.ts";
import { boldSections } from "./panel-page.ts";
import { type BoldMerchant, type BoldPayment, type BoldWorld, newPaymentId, putMerchant, rememberPayment } from "./world.ts";

const statuses = ["APPROVED", "REJECTED", "FAILED", "VOIDED", "PENDING"] as const;
const resolveSchema = z.object({ status: z.enum(statuses) });
const createSchema = z.object({
  identityKey: z.string(),
  reference: z.string().min(1).max(255),
  amount: z.coerce.number().min(0).max(1e10),
  tip: z.coerce.number().min(0).max(1e10).default(0),
  currency: z.string().default("COP"),
  status: z.enum(statuses).default("APPROVED"),
  method: z.enum(["CARD_WEB", "NEQUI", "PSE", "BOTON_BANCOLOMBIA"]).default("CARD_WEB"),
  id: z.string().min(1).max(255).optional(),
});

/** Everything that happens behind the gateway's back: knobs, late results, voids, made-up events. */
export function boldPanel(world: BoldWorld): Hono {
  const panel = new Hono();

  panel.get("/", (c) => c.html(page({ title: say("Pagos simulados (Bold)"), at: "/bold", body: boldSections(world, 50) })));
  panel.get("/state", (c) => c.json(stateOf(world, c.req.query("reference"), c.req.query("identityKey"))));

  panel.post("/panel/merchants", async (c) => {
    const merchant = putMerchant(world, parseFields(boldMerchantSchema, await readFields(c)));
    return pressed(c, merchant, "/bold");
  });

  panel.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const merchant = merchantNamed(world, fields.identityKey);
    const base = fields.reset === "on" ? { ...defaultKnobs } : merchant.knobs;
    merchant.knobs = withKnobs(base, parseFields(someKnobsSchema, fields));
    return pressed(c, { identityKey: merchant.identityKey, knobs: merchant.knobs }, "/bold");
  });

  panel.post("/payments/create", (c) => make(world, c, rememberPayment));
  panel.post("/events/send", (c) => make(world, c, () => {}));

  panel.post("/payments/:id/resolve", async (c) => {
    const payment = world.payments.get(c.req.param("id"));
    if (!payment) return unknownPayment(c);
    const fields = await readFields(c);
    const changes = parseFields(someKnobsSchema, fields);
    const merchant = merchantNamed(world, payment.identityKey);
    const knobs = withKnobs(merchant.knobs, changes);
    payment.status = knobs.unknownStatus ?? parseFields(resolveSchema, fields).status;
    payment.total = changes.amount ?? payment.total;
    payment.currency = changes.currency ?? payment.currency;
    Object.assign(payment, { reads: 0, lag: knobs.apiLag });
    return pressed(c, { payment, events: await announce(world, { merchant, payment, knobs }) }, "/bold");
  });

  // Also what the hosted page's "Probar el webhook" does.
  panel.post("/payments/:id/send-event", async (c) => {
    const payment = world.payments.get(c.req.param("id"));
    if (!payment) return unknownPayment(c);
    const changes = parseFields(someKnobsSchema, { event: "before", ...(await readFields(c)) });
    const merchant = merchantNamed(world, payment.identityKey);
    const events = await announce(world, { merchant, payment, knobs: withKnobs(merchant.knobs, changes) });
    return pressed(c, { payment, events }, "/bold");
  });

  return panel;
}

/** A payment without a page of ours, kept or not, and its event. */
async function make(world: BoldWorld, c: Context, keep: (world: BoldWorld, payment: BoldPayment) => void) {
  const fields = await readFields(c);
  const { amount, tip, id = newPaymentId(), ...given } = parseFields(createSchema, fields);
  const merchant = merchantNamed(world, given.identityKey);
  const changes = parseFields(someKnobsSchema, { ...fields, amount: undefined, currency: undefined, tip: undefined });
  const createdAt = new Date(world.clock.now()).toISOString();
  const payer = { email: null, name: null };
  const payment: BoldPayment = { ...given, id, linkId: null, total: amount + tip, tip, createdAt, payer, reads: 0, lag: 0 };
  keep(world, payment);
  return pressed(c, { payment, events: await announce(world, { merchant, payment, knobs: withKnobs(merchant.knobs, changes) }) }, "/bold");
}

function merchantNamed(world: BoldWorld, identityKey: string | undefined): BoldMerchant {
  const merchant = world.merchants.get(identityKey ?? "");
  if (!merchant) throw new BadFields({ identityKey: ["no merchant has this identity key"] });
  return merchant;
}

const unknownPayment = (c: Context) => c.json({ error: "unknown payment" }, 404);

function stateOf(world: BoldWorld, reference: string | undefined, identityKey: string | undefined) {
  const isAsked = (each: { reference: string }, account: string) =>
    (reference === undefined || each.reference === reference) && (identityKey === undefined || account === identityKey);
  const merchants = [...world.merchants.values()].filter((merchant) => identityKey === undefined || merchant.identityKey === identityKey);
  return {
    links: [...world.links.values()].filter((link) => isAsked(link, link.identityKey)),
    payments: [...world.payments.values()].filter((payment) => isAsked(payment, payment.identityKey)),
    events: [...world.events.values()].filter((event) => isAsked(event, event.account)),
    merchants: merchants.map(({ name, identityKey: key, webhookUrl, mode, knobs }) => ({
      name,
      identityKey: key,
      webhookUrl,
      mode,
      knobs,
    })),
  };
}
