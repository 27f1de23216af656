import { z } from "zod";

/**
 * What may be said about a merchant's catalogue, with the limits of the tables. A field that is
 * left out keeps its value or, in something new, gets the table's default. `id` lets a program
 * choose the id of what it makes, so that it may repeat the request.
 */
const id = z.uuid();
const newRow = { id: id.optional() };
const name = z.string().trim().min(1).max(100);
const description = z.string().max(2000);
/** An address, or a path of this product's own pictures. */
const picture = z
  .string()
  .max(2000)
  .regex(/^(https?:\/\/|\/(?!\/))/);
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);
const email = z.email().max(254);
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/);
const timezone = z.string().refine(isTimezone, "must be an IANA time zone such as America/Bogota");
const minutes = (from: number, to: number) => z.int().min(from).max(to);
const position = z.int().min(0).max(10_000);

const tenantFields = {
  name: name.max(120),
  slug: z
    .string()
    .min(2)
    .max(63)
    .regex(/^[a-z0-9](-?[a-z0-9])*$/),
  logoUrl: picture.nullable().optional(),
  primaryColor: color.optional(),
  secondaryColor: color.optional(),
  timezone: timezone.optional(),
  locale: z.enum(["es", "en", "fr", "pt"]).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  notifyEmail: email.nullable().optional(),
  callbackUrl: webAddress.nullable().optional(),
  returnUrl: webAddress.nullable().optional(),
  holdMinutes: minutes(5, 60).optional(),
  /** Until a confirmed customer is taken to `returnUrl`; 0: only when they press the button. */
  returnSeconds: z.int().min(0).max(30).optional(),
  onDecline: z.enum(["retry", "release"]).optional(),
};
export const newTenant = z.strictObject({ ...newRow, ...tenantFields });
export const tenantChanges = z.strictObject(tenantFields).partial();
export type NewTenant = z.infer<typeof newTenant>;
export type TenantChanges = z.infer<typeof tenantChanges>;

const serviceFields = {
  name,
  description: description.optional(),
  imageUrl: picture.nullable().optional(),
  durationMinutes: minutes(5, 480),
  bufferBeforeMinutes: minutes(0, 240).optional(),
  bufferAfterMinutes: minutes(0, 240).optional(),
  stepMinutes: minutes(5, 240).optional(),
  leadMinutes: minutes(0, 43_200).optional(),
  horizonDays: z.int().min(1).max(365).optional(),
  priceMinor: z.int().min(0),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  chargeType: z.enum(["total", "partial"]).optional(),
  depositPercent: z.int().min(1).max(100).optional(),
  capacityPolicy: z.enum(["hold", "first_payer_wins"]).optional(),
  online: z.boolean().optional(),
  active: z.boolean().optional(),
  position: position.optional(),
};
export const newService = z.strictObject({ ...newRow, ...serviceFields });
export const serviceChanges = z.strictObject(serviceFields).partial();
export type NewService = z.infer<typeof newService>;
export type ServiceChanges = z.infer<typeof serviceChanges>;

const servicesMax = 200;
const professionalFields = {
  name,
  description: description.optional(),
  photoUrl: picture.nullable().optional(),
  email: email.nullable().optional(),
  /** Null: the tenant's. */
  timezone: timezone.nullable().optional(),
  /** All the services that this professional gives. */
  serviceIds: z.array(id).max(servicesMax).optional(),
  active: z.boolean().optional(),
  position: position.optional(),
};
export const newProfessional = z.strictObject({ ...newRow, ...professionalFields });
export const professionalChanges = z.strictObject(professionalFields).partial();
export type NewProfessional = z.infer<typeof newProfessional>;
export type ProfessionalChanges = z.infer<typeof professionalChanges>;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must look like 08:00");
const openingsMax = 100;
/** ISO weekdays, 1 Monday … 7 Sunday, in the professional's zone. */
const opening = z.strictObject({ weekday: z.int().min(1).max(7), startsAt: clock, endsAt: clock.or(z.literal("24:00")) });
export const weeklyHours = z
  .array(opening)
  .max(openingsMax)
  .refine(areApart, "each must end after it starts, and none may overlap another");
export type WeeklyHours = z.infer<typeof weeklyHours>;

const linkFields = {
  name,
  serviceId: id.nullable().optional(),
  professionalId: id.nullable().optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
  isActive: z.boolean().optional(),
};
/** The public id never changes: it may have been printed. Made at random if none is wished for. */
export const newLink = z.strictObject({
  ...newRow,
  ...linkFields,
  publicId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{3,64}$/)
    .optional(),
});
export const linkChanges = z.strictObject(linkFields).partial();
export type NewLink = z.infer<typeof newLink>;
export type LinkChanges = z.infer<typeof linkChanges>;

const mode = z.enum(["test", "production"]);
const credentialsMax = 20;
/**
 * What a provider needs is the provider's own to say; here only that it is a form of a bearable
 * size.
 */
const credentials = z
  .record(z.string().max(64), z.union([z.string().max(4000), z.array(z.string().max(4000)).max(credentialsMax)]))
  .refine((form) => Object.keys(form).length <= credentialsMax);
export const newConnection = z.strictObject({
  ...newRow,
  kind: z.enum(["payment", "room", "callback"]),
  provider: z.string().regex(/^[a-z0-9_-]{2,32}$/),
  mode: mode.optional(),
  credentials,
});
export const connectionChanges = z.strictObject({ mode, credentials }).partial();
export type NewConnection = z.infer<typeof newConnection>;
export type ConnectionChanges = z.infer<typeof connectionChanges>;

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "" && /^[A-Z]/.test(zone);
  } catch {
    return false;
  }
}

function areApart(hours: z.infer<typeof opening>[]): boolean {
  const inOrder = hours.toSorted((a, b) => a.weekday - b.weekday || (a.startsAt < b.startsAt ? -1 : 1));
  return inOrder.every((own, index) => {
    const next = inOrder[index + 1];
    return own.startsAt < own.endsAt && !(next?.weekday === own.weekday && next.startsAt < own.endsAt);
  });
}
