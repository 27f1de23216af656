import { z } from "zod";
import { tenantChanges } from "../catalog.ts";
import { mailAddress, place } from "../checkout.ts";
import { readEmail } from "../contact.ts";
import { tones } from "./tones.ts";

const version = z
  .int()
  .min(1)
  .describe("What the page has seen. Another one's change in between is refused. Without it, nothing is compared.");

/** Everything that a merchant sets for the whole of it. */
export const tenantSettings = z.object({
  id: z.uuid(),
  version: z.int(),
  name: z.string(),
  country: z.string(),
  timezone: z.string(),
  currency: z.string(),
  locale: z.enum(["es", "en", "fr", "pt"]),
  tone: z.enum(tones),
  logoUrl: z.string().nullable(),
  primaryColor: z.string(),
  secondaryColor: z.string(),
  subdomain: z.string().nullable(),
  callbackUrl: z.string().nullable(),
  returnUrl: z.string().nullable(),
  returnSeconds: z.int(),
  notifyEmail: z.string().nullable(),
  onDecline: z.enum(["retry", "release"]),
  holdMinutes: z.int(),
  answerWaitMinutes: z.int(),
  latestApprovalMinutes: z.int(),
  customerCancelHours: z.int().nullable(),
  customerMoveHours: z.int().nullable(),
  firstReminderHours: z.int().nullable(),
  secondReminderHours: z.int().nullable(),
  taxPercent: z.number().nullable(),
  termsText: z.string().nullable(),
  controllerName: z.string().nullable(),
  isListed: z.boolean(),
  shareTitle: z.string().nullable(),
  shareText: z.string().nullable(),
  shareImageUrl: z.string().nullable(),
});
export type TenantSettings = z.infer<typeof tenantSettings>;

export const generalChanges = tenantChanges
  .pick({
    name: true,
    country: true,
    timezone: true,
    currency: true,
    locale: true,
    tone: true,
    returnSeconds: true,
    notifyEmail: true,
    onDecline: true,
    holdMinutes: true,
    answerWaitMinutes: true,
    latestApprovalMinutes: true,
    customerCancelHours: true,
    customerMoveHours: true,
    firstReminderHours: true,
    secondReminderHours: true,
    taxPercent: true,
    termsText: true,
    controllerName: true,
    isListed: true,
    shareTitle: true,
    shareText: true,
    shareImageUrl: true,
  })
  .extend({ version: version.optional() });

export const brandingChanges = tenantChanges
  .pick({
    name: true,
    logoUrl: true,
    primaryColor: true,
    secondaryColor: true,
    callbackUrl: true,
    returnUrl: true,
    returnSeconds: true,
    subdomain: true,
  })
  .extend({ version: version.optional() });

export const subdomainStates = ["free", "own", "taken", "reserved", "invalid"] as const;
export const subdomainAnswer = z.object({
  name: z.string(),
  state: z.enum(subdomainStates),
  address: z.string().nullable().describe("Where the booking pages would be. Null for a name that nobody can have."),
});
export type SubdomainAnswer = z.infer<typeof subdomainAnswer>;

/** Shown once: nobody can read them again. */
export const callbackSecretsAnswer = z.object({
  hmacSecret: z.string(),
  webhookSecret: z.string(),
  olderUntil: z.iso.datetime().describe("Until then the headers carry a signature of the older secret too."),
});

const line = (lengthMax: number) =>
  z
    .string()
    .trim()
    .max(lengthMax)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line");
const webAddress = z.url({ protocol: /^https$/ }).max(2000);
const phone = z.string().trim().min(5).max(64);
const email = mailAddress.refine((given) => readEmail(given)?.unsendable === false, "only ASCII letters before the @");
const servicesMax = 200;

export const locationChanges = z
  .strictObject({
    name: line(100).min(1),
    address: line(300),
    directions: z.string().trim().max(1000),
    mapUrl: webAddress.nullable(),
    phone: phone.nullable(),
    whatsapp: phone.nullable(),
    email: email.nullable(),
    /** There is always one, so a default is changed by choosing another. */
    isDefault: z.literal(true),
    /** All services that take place here and not at the default. */
    serviceIds: z.array(z.uuid()).max(servicesMax),
  })
  .partial();
export type LocationChanges = z.infer<typeof locationChanges>;
export const newLocation = locationChanges.required({ name: true }).extend({ id: z.uuid().optional() });
export type NewLocation = z.infer<typeof newLocation>;
export const locationPatch = locationChanges.extend({ version: version.optional() });

export const location = place.extend({
  id: z.uuid(),
  version: z.int(),
  isDefault: z.boolean(),
  serviceIds: z.array(z.uuid()),
});
export type Location = z.infer<typeof location>;
export const locationsMax = 100;

export const uploadedImage = z.object({
  url: z.string().describe("Stable, and never another picture: `/api/images/{name}`."),
});
