import { type Context, Hono } from "hono";
import { z } from "zod";
import { eventType, notificationBody } from "./notification.ts";
import {
  type BoldLink,
  type BoldMerchant,
  type BoldPayment,
  type BoldWorld,
  linkStatus,
  newLinkId,
  paymentsOf,
  rememberLink,
} from "./world.ts";

const errorBody = (code: string, message: string) => ({ payload: {}, errors: [{ code, message }] });
const notificationsMax = 10;

/** Bold's three hosts under one path: links, vouchers and notifications. */
export function boldApi(world: BoldWorld): Hono {
  const api = new Hono();

  api.use(async (c, next) => {
    const knobs = merchantOf(world, c)?.knobs;
    if (!knobs) return next();
    if (knobs.apiDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, knobs.apiDelayMs));
    if (knobs.apiStatus === 0 || knobs.apiFailures === 0) return next();
    knobs.apiFailures -= 1;
    return Response.json(errorBody("AP500", "Falla simulada"), { status: knobs.apiStatus });
  });

  api.use(async (c, next) => (merchantOf(world, c) ? next() : c.json({ message: "Forbidden" }, 403)));

  api.get("/online/link/v1/payment_methods", (c) => {
    const limits = { CREDIT_CARD: 5_000_000, PSE: 5_000_000, BOTON_BANCOLOMBIA: 10_000_000, NEQUI: 10_000_000 };
    const methods = Object.fromEntries(Object.entries(limits).map(([method, max]) => [method, { max, min: 1000 }]));
    return c.json({ payload: { payment_methods: methods }, errors: [] });
  });

  api.post("/online/link/v1", async (c) => {
    const merchant = required(world, c);
    const parsed = linkSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({
        code: "AP001",
        message: `${path.join(".") || "body"}: ${message}`,
      }));
      return c.json({ payload: {}, errors }, 400);
    }
    const link = linkFrom(merchant, parsed.data, world.clock.now());
    rememberLink(world, link);
    if (merchant.knobs.failAfterEffect > 0) {
      merchant.knobs.failAfterEffect -= 1;
      return c.json(errorBody("AP500", "Falla simulada después de crear el link"), 500);
    }
    return c.json({ payload: { payment_link: link.id, url: new URL(`/bold/pay/${link.id}`, c.req.url).href }, errors: [] });
  });

  api.get("/online/link/v1/:id", (c) => {
    const merchant = required(world, c);
    const link = world.links.get(c.req.param("id"));
    if (link?.identityKey !== merchant.identityKey) return c.json(errorBody("AP404", "El link no existe"), 404);
    const shown = linkShape(world, merchant, link);
    return c.json(merchant.knobs.linkShape === "payload" ? { payload: shown, errors: [] } : shown);
  });

  api.get("/v2/payment-voucher/:order", (c) => {
    const tries = paymentsOf(world, required(world, c).identityKey, c.req.param("order"));
    return c.json(voucherShape(tries, c.req.param("order")));
  });

  api.get("/payments/webhook/notifications/:id", (c) => {
    const merchant = required(world, c);
    const isReference = c.req.query("is_external_reference") === "true";
    const tries = isReference ? paymentsOf(world, merchant.identityKey, c.req.param("id")) : named(world, merchant, c.req.param("id"));
    if (!isReference) for (const payment of tries) payment.reads += 1;
    const told = tries.filter((payment) => eventType(payment.status) !== null && !isHidden(payment)).toReversed();
    const rows = told.map((payment): unknown =>
      JSON.parse(notificationBody({ merchant, payment, knobs: merchant.knobs, nowMs: Date.parse(payment.createdAt) })),
    );
    return c.json({ notifications: [...badRows(merchant.knobs.apiBadRows), ...rows].slice(0, notificationsMax) });
  });

  api.all("*", (c) => c.json({ message: "Not Found" }, 404));
  return api;
}

/** A merchant on this machine has no certificate, so loopback addresses may be http here. */
const httpsUrl = z.url().refine((text) => /^https:|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(text), "solo se admite https");
const linkSchema = z.object({
  amount_type: z.enum(["CLOSE", "OPEN"]),
  amount: z.object({ currency: z.literal("COP"), total_amount: z.number().int().min(1000), tip_amount: z.number().min(0).default(0) }),
  reference: z.string().regex(/^[\w-]{1,60}$/),
  description: z.string().min(2).max(100).optional(),
  expiration_date: z.number().min(1e18, "se espera en nanosegundos").optional(),
  callback_url: httpsUrl.optional(),
  payer_email: z.email().optional(),
});

function linkFrom(merchant: BoldMerchant, input: z.output<typeof linkSchema>, nowMs: number): BoldLink {
  return {
    id: newLinkId(),
    identityKey: merchant.identityKey,
    reference: input.reference,
    total: input.amount.total_amount,
    currency: input.amount.currency,
    description: input.description ?? "",
    expirationDate: input.expiration_date ?? null,
    callbackUrl: input.callback_url ?? null,
    payerEmail: input.payer_email ?? null,
    createdAt: new Date(nowMs).toISOString(),
  };
}

function linkShape(world: BoldWorld, merchant: BoldMerchant, link: BoldLink) {
  const status = linkStatus(world, link);
  const tries = paymentsOf(world, link.identityKey, link.reference).filter(({ linkId }) => linkId === link.id);
  const paid = tries.find((payment) => payment.status === "APPROVED" || payment.status === "VOIDED") ?? tries.at(-1);
  const told = status === "PAID" || status === "PROCESSING" ? paid : undefined;
  const isTest = merchant.mode === "test";
  return {
    id: link.id,
    api_version: 1,
    reference: link.reference,
    description: link.description,
    status,
    total: told?.total ?? link.total,
    subtotal: told ? told.total - told.tip : link.total,
    tip_amount: told?.tip ?? 0,
    ...(told && told.currency !== "COP" && { currency: told.currency }),
    transaction_id: told?.id ?? null,
    payment_method: told?.method ?? null,
    expiration_date: link.expirationDate,
    creation_date: Date.parse(link.createdAt) * 1e6,
    is_sandbox: merchant.knobs.isSandbox === "as_mode" ? isTest : !isTest,
  };
}

function voucherShape(tries: BoldPayment[], reference: string) {
  for (const payment of tries) payment.reads += 1;
  const payment = tries.find(({ status }) => status === "APPROVED") ?? tries.at(-1);
  if (!payment)
    return {
      payment_status: "NO_TRANSACTION_FOUND",
      link_id: null,
      total: null,
      subtotal: null,
      transaction_id: null,
      reference_id: reference,
    };
  const { linkId, total, tip, id, method, status } = payment;
  return {
    payment_status: isHidden(payment) ? "PENDING" : status,
    link_id: linkId,
    total,
    subtotal: total - tip,
    transaction_id: id,
    reference_id: reference,
    payment_method: method,
  };
}

const isHidden = ({ reads, lag }: BoldPayment): boolean => lag > 0 && reads <= lag;

/** Rows as no documentation has them. */
const badRows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ type: "SALE_APPROVED", data: { payment_id: `BAD${n}`, amount: { total: "mil pesos" } } }));

function named(world: BoldWorld, merchant: BoldMerchant, id: string): BoldPayment[] {
  const payment = world.payments.get(id);
  return payment?.identityKey === merchant.identityKey ? [payment] : [];
}

/** `Authorization: x-api-key <key>`, word for word. */
function merchantOf(world: BoldWorld, c: Context): BoldMerchant | undefined {
  return world.merchants.get(/^x-api-key (.+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? "");
}

function required(world: BoldWorld, c: Context): BoldMerchant {
  const merchant = merchantOf(world, c);
  if (!merchant) throw new Error("the key was checked before");
  return merchant;
}
