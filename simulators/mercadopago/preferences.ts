import { z } from "zod";
import { currencyOf, type Problem, problem } from "./errors.ts";
import type { MpAccount, Preference } from "./shapes.ts";
import { isoOf, type MercadopagoWorld, newPreferenceId, remember } from "./world.ts";

const text = z.string().max(600).nullish();
/** Milliseconds and an offset, such as 2026-11-21T15:00:00.000-05:00. */
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/)
  .nullish();
const requestSchema = z.looseObject({
  items: z
    .array(
      z.object({
        title: z.string().min(1),
        quantity: z.int().positive(),
        currency_id: z.string().nullish(),
        unit_price: z.number().positive(),
      }),
    )
    .min(1),
  external_reference: z.string().max(256).nullish(),
  notification_url: z.url().max(500).nullish(),
  back_urls: z.object({ success: text, pending: text, failure: text }).nullish(),
  auto_return: z.enum(["approved", "all"]).nullish(),
  binary_mode: z.boolean().nullish(),
  expires: z.boolean().nullish(),
  expiration_date_to: time,
  date_of_expiration: time,
  metadata: z.record(z.string(), z.unknown()).nullish(),
  payer: z.looseObject({ name: text, email: text }).nullish(),
  payment_methods: z.looseObject({ excluded_payment_types: z.array(z.object({ id: z.string() })).nullish() }).nullish(),
});
type Request = z.output<typeof requestSchema>;

export function createPreference(world: MercadopagoWorld, account: MpAccount, body: unknown): Preference | Problem {
  const request = readRequest(account, body);
  if (isProblem(request)) return request;
  const preference = fill(account, request, { id: newPreferenceId(account.userId), createdAt: isoOf(world.clock.now()) });
  remember(world.preferences, preference);
  return preference;
}

/** A change is laid over what was sent at first. */
export function changePreference(account: MpAccount, preference: Preference, body: unknown): Preference | Problem {
  if (typeof body !== "object" || body === null) return problem(400, "invalid_body", "the body is not an object");
  const request = readRequest(account, { ...preference.sent, ...body });
  return isProblem(request) ? request : Object.assign(preference, fill(account, request, preference));
}

const isProblem = (read: Request | Problem): read is Problem => "body" in read && "status" in read;

function readRequest({ siteId }: MpAccount, body: unknown): Request | Problem {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return problem(400, "invalid_items", `${issue?.path.join(".") ?? "body"} invalid`);
  }
  const { items, auto_return: autoReturn, back_urls: backUrls } = parsed.data;
  if (items.some(({ currency_id: currency }) => currency && currency !== currencyOf(siteId)))
    return problem(400, "invalid_items", "currency_id invalid");
  if (siteId === "MCO" && items.some(({ unit_price: price }) => !Number.isInteger(price)))
    return problem(400, "invalid_items", "unit_price invalid");
  if (autoReturn && !backUrls?.success?.startsWith("https://"))
    return problem(400, "invalid_auto_return", "auto_return invalid. back_url.success must be defined");
  return parsed.data;
}

function fill(account: MpAccount, request: Request, { id, createdAt }: { id: string; createdAt: string }): Preference {
  const { items, back_urls: back, payer } = request;
  return {
    id,
    createdAt,
    userId: account.userId,
    title: items[0]?.title ?? "",
    amount: items.reduce((total, item) => total + item.quantity * item.unit_price, 0),
    currency: items[0]?.currency_id ?? currencyOf(account.siteId),
    reference: request.external_reference ?? null,
    notificationUrl: request.notification_url ?? null,
    backUrls: { success: back?.success ?? undefined, pending: back?.pending ?? undefined, failure: back?.failure ?? undefined },
    autoReturn: Boolean(request.auto_return),
    binaryMode: request.binary_mode === true,
    excludedTypes: request.payment_methods?.excluded_payment_types?.map((type) => type.id) ?? [],
    expires: request.expires === true,
    expirationDateTo: request.expiration_date_to ?? null,
    dateOfExpiration: request.date_of_expiration ?? null,
    metadata: request.metadata ?? {},
    payer: { name: payer?.name ?? null, email: payer?.email ?? null },
    sent: { ...request },
  };
}

export function preferenceShape(world: MercadopagoWorld, preference: Preference) {
  const query = new URLSearchParams({ pref_id: preference.id });
  return {
    ...preference.sent,
    id: preference.id,
    collector_id: Number(preference.userId),
    client_id: "1234567890123456",
    operation_type: "regular_payment",
    date_created: preference.createdAt,
    init_point: `${world.pagesUrl}/checkout/v1/redirect?${query}`,
    sandbox_init_point: `${world.pagesUrl}/checkout/v1/redirect?${query}&sandbox=true`,
  };
}
