import { type Context, Hono } from "hono";
import { announce } from "./events.ts";
import { createRefund } from "./refunds.ts";
import type { WompiMerchant, WompiTransaction } from "./shapes.ts";
import { pendingShape, transactionShape } from "./transaction-shape.ts";
import { finalize, transactionsOf, type WompiWorld } from "./world.ts";

const notFound = { error: { type: "NOT_FOUND_ERROR", reason: "La entidad solicitada no existe" } };
const badToken = { error: { type: "INVALID_ACCESS_TOKEN", reason: "El token de acceso es inválido" } };
const invalid = (messages: Record<string, string[]>) => ({ error: { type: "INPUT_VALIDATION_ERROR", messages } });

type Key = { merchant: WompiMerchant; isPrivate: boolean };

/** The REST API under /v1. Each key may do what the documents of October 2026 say. */
export function wompiApi(world: WompiWorld): Hono {
  const api = new Hono();

  api.use(async (c, next) => {
    const knobs = merchantOf(world, c)?.knobs;
    if (!knobs) return next();
    if (knobs.apiDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, knobs.apiDelayMs));
    if (knobs.apiStatus === 0 || knobs.apiFailures === 0) return next();
    knobs.apiFailures -= 1;
    return Response.json({ error: { type: "INTERNAL_ERROR", reason: "Falla simulada" } }, { status: knobs.apiStatus });
  });

  api.get("/merchants/info", (c) => {
    const merchant = world.merchants.get(c.req.header("x-merchant-public-key") ?? "");
    return merchant ? c.json({ data: merchantShape(merchant, world.clock.now()), meta: {} }) : c.json(notFound, 404);
  });

  api.get("/transactions", (c) => {
    const key = keyOf(world, c);
    if (!key?.isPrivate) return c.json(badToken, 401);
    const query = c.req.query();
    const rows = listTransactions(world, key.merchant, query).map(readShape);
    const isFirst = (query.page ?? "1") === "1";
    return c.json({ data: [...badRows(isFirst ? key.merchant.knobs.apiBadRows : 0), ...rows], meta: {} });
  });

  api.get("/transactions/:id", (c) => {
    const transaction = world.transactions.get(c.req.param("id"));
    const key = keyOf(world, c);
    if (!key && c.req.header("authorization")) return c.json(badToken, 401);
    if (!transaction) return c.json(notFound, 404);
    const owner = world.merchants.get(transaction.publicKey);
    const isOpen = owner?.knobs.publicKeyReads === "200" && !key?.isPrivate;
    const isOwner = key?.isPrivate === true && key.merchant.publicKey === transaction.publicKey;
    if (!isOpen && !isOwner) return c.json(notFound, 404);
    return c.json({ data: readShape(transaction), meta: {} });
  });

  api.post("/transactions/:id/void", async (c) => {
    const key = keyOf(world, c);
    if (!key?.isPrivate) return c.json(badToken, 401);
    const transaction = world.transactions.get(c.req.param("id"));
    if (transaction?.publicKey !== key.merchant.publicKey) return c.json(notFound, 404);
    const body: unknown = await c.req.json().catch(() => ({}));
    const problem = refuseVoid(world, transaction, body);
    if (problem) return c.json(invalid({ transaction: [problem] }), 422);
    finalize(world, transaction, "VOIDED", 0);
    const { merchant } = key;
    world.clock.at(world.clock.now(), async () => void (await announce(world, { merchant, transaction, knobs: merchant.knobs })));
    const accepted = { status: "APPROVED", status_message: null, transaction: transactionShape(transaction) };
    return c.json({ data: accepted, meta: {} }, 201);
  });

  api.post("/refunds", async (c) => {
    const key = keyOf(world, c);
    if (!key?.isPrivate) return c.json(badToken, 401);
    if (key.merchant.knobs.refunds === "off") return c.json(notFound, 404);
    const outcome = createRefund(world, key.merchant, await c.req.json().catch(() => null));
    return "data" in outcome ? c.json({ data: outcome.data, meta: {} }, 201) : c.json(invalid(outcome.messages), 422);
  });

  api.get("/pse/financial_institutions", (c) => {
    if (!keyOf(world, c)) return c.json(badToken, 401);
    return c.json({ data: banks, meta: {} });
  });

  api.all("*", (c) => c.json(notFound, 404));
  return api;
}

const banks = [
  { financial_institution_code: "1", financial_institution_name: "Banco que aprueba" },
  { financial_institution_code: "2", financial_institution_name: "Banco que rechaza" },
];

function keyOf(world: WompiWorld, c: Context): Key | null {
  const token = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token === undefined) return null;
  const open = world.merchants.get(token);
  if (open) return { merchant: open, isPrivate: false };
  const merchant = [...world.merchants.values()].find((each) => each.privateKey === token);
  return merchant ? { merchant, isPrivate: true } : null;
}

function merchantOf(world: WompiWorld, c: Context): WompiMerchant | undefined {
  return keyOf(world, c)?.merchant ?? world.merchants.get(c.req.header("x-merchant-public-key") ?? "");
}

function readShape(transaction: WompiTransaction) {
  if (transaction.lagReadsLeft === 0) return transactionShape(transaction);
  transaction.lagReadsLeft -= 1;
  return pendingShape(transaction);
}

/** Rows as no documentation has them: the amount is a word, or there is nothing but an id. */
function badRows(count: number) {
  return Array.from({ length: count }, (_, n) => (n % 2 === 0 ? { id: `bad-${n}`, amount_in_cents: "mil pesos" } : { id: `bad-${n}` }));
}

function listTransactions(world: WompiWorld, merchant: WompiMerchant, query: Record<string, string>): WompiTransaction[] {
  const { id, status, payment_method_type: method, from_date: from, until_date: until } = query;
  const found = transactionsOf(world, merchant.publicKey, query.reference).filter((transaction) => {
    const day = transaction.createdAt.slice(0, 10);
    const isInRange = (!from || day >= from.slice(0, 10)) && (!until || day <= until.slice(0, 10));
    const isWanted = (!id || transaction.id === id) && (!status || transaction.status === status);
    return isInRange && isWanted && (!method || transaction.method === method);
  });
  const ordered = query.order?.toUpperCase() === "ASC" ? found : found.toReversed();
  const pageSize = Math.min(Math.max(Number(query.page_size) || 30, 1), merchant.knobs.apiPageRows);
  const page = Math.max(Number(query.page) || 1, 1);
  return ordered.slice((page - 1) * pageSize, page * pageSize);
}

/** Allows only whole voids of approved card payments of the same day in Colombia (UTC−5). */
function refuseVoid(world: WompiWorld, transaction: WompiTransaction, body: unknown): string | null {
  const amount: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "amount_in_cents") : undefined;
  const bogotaDay = (ms: number) => new Date(ms - 5 * 3_600_000).toISOString().slice(0, 10);
  if (transaction.status !== "APPROVED") return "La transacción no está aprobada";
  if (transaction.method !== "CARD") return "Solo se pueden anular transacciones con tarjeta";
  if (transaction.refundedInCents > 0) return "La transacción ya tiene un reembolso";
  if (bogotaDay(Date.parse(transaction.finalizedAt ?? "")) !== bogotaDay(world.clock.now())) return "El plazo para anular terminó";
  return amount === undefined || amount === transaction.amountInCents ? null : "Solo se puede anular el monto total";
}

function merchantShape(merchant: WompiMerchant, now: number) {
  const accepted = (type: string) => {
    const claims = { exp: Math.floor(now / 1000) + 3600, contract_id: 1, permalink: `https://wompi.com/${type}.pdf`, t: Math.random() };
    const token = ['{"alg":"HS256"}', JSON.stringify(claims), type].map((part) => Buffer.from(part).toString("base64url")).join(".");
    return { acceptance_token: token, permalink: claims.permalink, type };
  };
  return {
    id: merchant.number,
    name: merchant.name,
    legal_name: `${merchant.name} S.A.S.`,
    active: true,
    public_key: merchant.publicKey,
    accepted_payment_methods: ["CARD", "NEQUI", "PSE"],
    accepted_currencies: ["COP"],
    presigned_acceptance: accepted("END_USER_POLICY"),
    presigned_personal_data_auth: accepted("PERSONAL_DATA_AUTH"),
  };
}
