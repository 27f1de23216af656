import { z } from "zod";
import { chargeTypes } from "#domain/money.ts";
import { mailAddress } from "./checkout.ts";
import { readEmail } from "./contact.ts";
import { calendarDate, givenInstant } from "./dates.ts";
import { cancellation, questionsGiven, translations } from "./service-terms.ts";
import { isTimezone } from "./time-zone.ts";

/**
 * The catalogue's fields, with the limits of the tables. A missing field keeps its value or, in a
 * new row, gets the table's default. A program may choose the `id`, so that it can repeat a
 * request.
 */
const id = z.uuid();
const newRow = { id: id.optional() };
const matching = (pattern: RegExp) => z.string().regex(pattern);
const name = z.string().trim().min(1).max(100);
const description = z.string().max(2000);
/** An address, or a path to one of this product's own pictures. */
export const picture = matching(/^(https?:\/\/|\/(?!\/))/).max(2000);
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);
const email = mailAddress.refine((given) => readEmail(given)?.unsendable === false, "only ASCII letters before the @");
const color = matching(/^#[0-9A-Fa-f]{6}$/);
const timezone = z.string().refine(isTimezone, "must be an IANA time zone such as America/Bogota");
const between = (from: number, to: number) => z.int().min(from).max(to);
const position = between(0, 10_000);
/** Null stands for our words. */
const ownWords = (lengthMax: number) => z.string().trim().min(1).max(lengthMax).nullable();

export const tenantChanges = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    slug: matching(/^[a-z0-9](-?[a-z0-9])*$/)
      .min(2)
      .max(63),
    /** `https://{subdomain}.…/book/…` serves this merchant only. */
    subdomain: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .max(63)
      .nullable(),
    logoUrl: picture.nullable(),
    primaryColor: color,
    secondaryColor: color,
    timezone,
    locale: z.enum(["es", "en", "fr", "pt"]),
    /** How customers are addressed. `usual`: tú in Spanish, vous in French. */
    tone: z.enum(["usual", "formal", "informal"]),
    /** Of new services. */
    currency: matching(/^[A-Z]{3}$/),
    country: matching(/^[A-Z]{2}$/),
    notifyEmail: email.nullable(),
    callbackUrl: webAddress.nullable(),
    returnUrl: webAddress.nullable(),
    holdMinutes: between(5, 60),
    /** Until a confirmed customer is taken to `returnUrl`. With 0, only the button does. */
    returnSeconds: between(0, 30),
    /** How long after the customer's end a slot waits for a provider that does not answer. */
    answerWaitMinutes: between(5, 1440),
    onDecline: z.enum(["retry", "release"]),
    /** An approval counts until so many minutes before the appointment begins. */
    latestApprovalMinutes: between(0, 1440),
    /** Customers cancel by themselves until so many hours before the start, or never (null). */
    customerCancelHours: between(0, 720).nullable(),
    customerMoveHours: between(0, 720).nullable(),
    /** Customers are reminded by mail so many hours before the start, or not at all (null). */
    firstReminderHours: between(1, 168).nullable(),
    secondReminderHours: between(1, 168).nullable(),
    /** Included in all prices, for the sales journal. Is null if nobody has said it. */
    taxPercent: z.number().gt(0).max(99).multipleOf(0.01).nullable(),
    /** The merchant's own terms, as plain text. */
    termsText: ownWords(20_000),
    /** Who answers for the customers' data. */
    controllerName: ownWords(200),
    /** Whether search engines may list the booking page. */
    isListed: z.boolean(),
    shareTitle: ownWords(70),
    shareText: ownWords(200),
    shareImageUrl: picture.nullable(),
  })
  .partial();
export const newTenant = tenantChanges.omit({ subdomain: true }).required({ name: true, slug: true }).extend(newRow);
export type NewTenant = z.infer<typeof newTenant>;
export type TenantChanges = z.infer<typeof tenantChanges>;

const professionalsMax = 200;
export const serviceChanges = z
  .strictObject({
    name,
    description,
    imageUrl: picture.nullable(),
    durationMinutes: between(5, 480),
    bufferBeforeMinutes: between(0, 240),
    bufferAfterMinutes: between(0, 240),
    stepMinutes: between(5, 240),
    leadMinutes: between(0, 43_200),
    horizonDays: between(1, 365),
    priceMinor: z.int().min(0),
    currency: matching(/^[A-Z]{3}$/),
    chargeType: z.enum(chargeTypes),
    depositPercent: between(1, 100),
    /** A fixed deposit instead of the percentage. */
    depositMinor: z.int().min(1).nullable(),
    capacityPolicy: z.enum(["hold", "first_payer_wins"]),
    /** If it is null, the tenant's counts. */
    holdMinutes: between(5, 60).nullable(),
    cancellation: cancellation.nullable(),
    questions: questionsGiven,
    translations,
    /** If it is null, the default location counts. */
    locationId: id.nullable(),
    /** All the professionals who give it. */
    professionalIds: z.array(id).max(professionalsMax),
    online: z.boolean(),
    active: z.boolean(),
    position,
  })
  .partial();
export const newService = serviceChanges.required({ name: true, durationMinutes: true, priceMinor: true }).extend(newRow);
export type NewService = z.infer<typeof newService>;
export type ServiceChanges = z.infer<typeof serviceChanges>;

const servicesMax = 200;
export const professionalChanges = z
  .strictObject({
    name,
    description,
    photoUrl: picture.nullable(),
    email: email.nullable(),
    /** If it is null, the tenant's zone counts. */
    timezone: timezone.nullable(),
    /** All the services that this professional gives. */
    serviceIds: z.array(id).max(servicesMax),
    active: z.boolean(),
    position,
  })
  .partial();
export type ProfessionalChanges = z.infer<typeof professionalChanges>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must look like 08:00");
const openingsMax = 100;
/** ISO weekdays, 1 Monday … 7 Sunday, in the professional's zone. */
const opening = z.strictObject({ weekday: between(1, 7), startsAt: clock, endsAt: clock.or(z.literal("24:00")) });
export const weeklyHours = z
  .array(opening)
  .max(openingsMax)
  .refine(areApart, "each must end after it starts, and none may overlap another");
export type WeeklyHours = z.infer<typeof weeklyHours>;

export const newProfessional = professionalChanges.required({ name: true }).extend({ ...newRow, hours: weeklyHours.optional() });
export type NewProfessional = z.infer<typeof newProfessional>;

export const linkChanges = z
  .strictObject({
    name,
    serviceId: id.nullable(),
    professionalId: id.nullable(),
    /** A date is the end of that day where the merchant is. */
    expiresAt: z.union([givenInstant, calendarDate]).nullable(),
    isActive: z.boolean(),
  })
  .partial();
/** The public id never changes, because it may have been printed. The default is random. */
export const newLink = linkChanges.required({ name: true }).extend({
  ...newRow,
  publicId: matching(/^[A-Za-z0-9_-]{3,64}$/).optional(),
});
export type NewLink = z.infer<typeof newLink>;
export type LinkChanges = z.infer<typeof linkChanges>;

const mode = z.enum(["test", "production"]);
const credentialsMax = 20;
const connectionsMax = 100;
/** Each provider defines its own form. Only its size is checked here. */
const credentials = z
  .record(z.string().max(64), z.union([z.string().max(4000), z.array(z.string().max(4000)).max(credentialsMax)]))
  .refine((form) => Object.keys(form).length <= credentialsMax);
/** The merchant's own name for an account. */
const label = ownWords(60);
export const newConnection = z.strictObject({
  ...newRow,
  label: label.optional(),
  kind: z.enum(["payment", "room", "callback"]),
  provider: matching(/^[a-z0-9_-]{2,32}$/),
  mode: mode.optional(),
  credentials,
});
export const connectionChanges = z.strictObject({ mode, credentials, label }).partial();
/** As customers are offered them. */
export const connectionOrder = z.strictObject({ ids: z.array(id).min(1).max(connectionsMax) });

const version = z.int().min(1);
/** As the API takes them. `version` is what the caller has seen: what is newer stays. */
export const newPaymentConnection = newConnection.omit({ kind: true });
export const paymentConnectionChanges = connectionChanges.extend({ version: version.optional() });
export const ownPaymentConnectionChanges = paymentConnectionChanges.extend({ id: id.optional() });
export const connectionTestRequest = z.union([
  z.strictObject({ id }),
  z.strictObject({ provider: newConnection.shape.provider, mode, credentials }),
]);
export type NewConnection = z.infer<typeof newConnection>;
export type ConnectionChanges = z.infer<typeof connectionChanges>;

function areApart(hours: z.infer<typeof opening>[]): boolean {
  const inOrder = hours.toSorted((a, b) => a.weekday - b.weekday || (a.startsAt < b.startsAt ? -1 : 1));
  return inOrder.every((own, index) => {
    const next = inOrder[index + 1];
    return own.startsAt < own.endsAt && !(next?.weekday === own.weekday && next.startsAt < own.endsAt);
  });
}
