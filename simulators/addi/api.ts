import { type Context, Hono } from "hono";
import { z } from "zod";
import { isSameText } from "../same-text.ts";
import { type AddiAlly, type AddiWorld, type Application, newApplication, newTokenFor, orderOf, rememberApplication } from "./world.ts";

const problem = (code: string, message: string) => ({ code, message });
const tokenSeconds = 86_400;

/** Addi's three hosts under one path: tokens, applications, the public configuration. */
export function addiApi(world: AddiWorld): Hono {
  const api = new Hono();

  api.post("/oauth/token", async (c) => {
    const parsed = tokenSchema.safeParse(await c.req.json().catch(() => null));
    const ally = parsed.success ? world.allies.get(parsed.data.client_id) : undefined;
    const trouble = ally && (await habitsOf(ally));
    if (trouble) return trouble;
    if (!ally || !parsed.success || !isSameText(parsed.data.client_secret, ally.clientSecret))
      return c.json({ error: "access_denied", error_description: "Unauthorized" }, 401);
    const scope = "https://api.addi.com/online-applications:create";
    return c.json({ access_token: newTokenFor(world, ally.clientId), token_type: "Bearer", expires_in: tokenSeconds, scope });
  });

  api.get("/allies/:slug/config", async (c) => {
    const ally = [...world.allies.values()].find(({ allySlug }) => allySlug === c.req.param("slug"));
    if (!ally) return c.json(problem("004-001", "Ally not found"), 404);
    const { minAmount, maxAmount, knobs } = ally;
    return c.json({ minAmount, maxAmount, isActiveAlly: knobs.isActiveAlly === "yes", allySlug: ally.allySlug, policies: [] });
  });

  api.post("/v1/online-applications", async (c) => {
    const ally = allyOf(world, c);
    if (!ally) return c.json(problem("000-401", "Unauthorized"), 401);
    const trouble = await habitsOf(ally);
    if (trouble) return trouble;
    const parsed = applicationSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return c.json(problem("001-001", z.prettifyError(parsed.error)), 400);
    const refusal = refuseApplication(world, ally, parsed.data);
    if (refusal) return c.json(refusal.body, refusal.status);
    const application = orderOf(world, ally.clientId, parsed.data.orderId) ?? applicationFrom(world, ally, parsed.data);
    if (ally.knobs.failAfterEffect > 0) {
      ally.knobs.failAfterEffect -= 1;
      return c.json(problem("000-500", "Falla simulada después de crear la solicitud"), 500);
    }
    return c.redirect(new URL(`/addi/apply/${application.id}`, c.req.url).href, 301);
  });

  api.post("/v1/online-applications/cancellations", async (c) => {
    const ally = allyOf(world, c);
    if (!ally) return c.json(problem("000-401", "Unauthorized"), 401);
    const trouble = await habitsOf(ally);
    if (trouble) return trouble;
    const parsed = cancellationSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return c.json(problem("002-001", z.prettifyError(parsed.error)), 400);
    const refusal = cancel(world, ally, parsed.data);
    if (refusal) return c.json(refusal, 400);
    if (ally.knobs.failAfterEffect === 0) return c.json({ orderId: parsed.data.orderId, amount: String(parsed.data.amount) }, 201);
    ally.knobs.failAfterEffect -= 1;
    return c.json(problem("000-500", "Falla simulada después de cancelar"), 500);
  });

  api.all("*", (c) => c.json(problem("000-404", "Not found"), 404));
  return api;
}

/** Slow or failing, as the ally's knobs say. */
async function habitsOf({ knobs }: AddiAlly): Promise<Response | undefined> {
  if (knobs.apiDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, knobs.apiDelayMs));
  if (knobs.apiStatus === 0 || knobs.apiFailures === 0) return undefined;
  knobs.apiFailures -= 1;
  return Response.json(problem("000-500", "Falla simulada"), { status: knobs.apiStatus });
}

function allyOf(world: AddiWorld, c: Context): AddiAlly | undefined {
  const token = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  return world.allies.get(world.tokens.get(token) ?? "");
}

const tokenSchema = z.object({
  audience: z.enum(["https://api.addi.com", "https://api.staging.addi.com"]),
  grant_type: z.literal("client_credentials"),
  client_id: z.string(),
  client_secret: z.string(),
});
const pesosText = z.string().regex(/^\d{1,10}\.\d$/, "se espera un texto como 255000.0");
const word = z.string().min(1).max(255);
const applicationSchema = z.object({
  orderId: word,
  totalAmount: pesosText,
  shippingAmount: pesosText,
  totalTaxesAmount: pesosText,
  currency: z.literal("COP"),
  items: z.array(z.object({ sku: word, name: word, quantity: z.coerce.number().min(1), unitPrice: z.coerce.number().min(0) })).min(1),
  client: z.object({
    idType: z.enum(["CC", "CE"]),
    idNumber: z.string().regex(/^\d{4,12}$/),
    firstName: word,
    lastName: word,
    email: z.email(),
    cellphone: z.string().regex(/^\d{7,15}$/),
    cellphoneCountryCode: z.string().regex(/^\+\d{1,3}$/),
  }),
  allyUrlRedirection: z.object({ logoUrl: z.url().optional(), callbackUrl: z.url(), redirectionUrl: z.url() }),
});
type Asked = z.output<typeof applicationSchema>;

/** An open order may be asked for again, and is the same application. */
function refuseApplication(world: AddiWorld, ally: AddiAlly, { orderId, totalAmount }: Asked) {
  const amount = Number(totalAmount);
  if (amount < ally.minAmount || amount > ally.maxAmount) return { status: 400, body: problem("001-002", "Amount out of limits") } as const;
  const known = orderOf(world, ally.clientId, orderId);
  if (known && (known.totalAmount !== amount || (known.status !== "OPEN" && known.status !== "PENDING")))
    return { status: 409, body: problem("001-009", "The order exists already") } as const;
  if (ally.knobs.conflicts === 0) return null;
  ally.knobs.conflicts -= 1;
  return { status: 409, body: problem("001-010", "The client has a running credit") } as const;
}

function applicationFrom(world: AddiWorld, { clientId }: AddiAlly, asked: Asked): Application {
  const { orderId, totalAmount, currency, client, allyUrlRedirection: urls } = asked;
  const application = newApplication(world, {
    ...{ orderId, clientId, currency, totalAmount: Number(totalAmount) },
    ...{ buyer: `${client.firstName} ${client.lastName}`, callbackUrl: urls.callbackUrl, redirectionUrl: urls.redirectionUrl },
  });
  rememberApplication(world, application);
  return application;
}

const cancellationSchema = z.object({ orderId: word, amount: z.coerce.number().positive() });

/** In full, and once. */
function cancel(world: AddiWorld, ally: AddiAlly, { orderId, amount }: z.output<typeof cancellationSchema>) {
  const application = orderOf(world, ally.clientId, orderId);
  if (ally.knobs.cancellations === "off") return problem("002-005", "Cancellations are not enabled");
  if (application?.status !== "APPROVED") return problem("002-002", "There is no approved application");
  if (application.isCancelled) return problem("002-003", "The application was cancelled before");
  if (amount !== application.approvedAmount) return problem("002-004", "Only the whole amount can be cancelled");
  application.isCancelled = true;
  return null;
}
