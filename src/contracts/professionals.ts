import { z } from "zod";
import { calendarStatuses, professionalsMax } from "#domain/professionals/limits.ts";
import { professionalChanges, weeklyHours } from "./catalog.ts";

/** What the page has seen. If somebody else has changed it since, the change is refused. */
const version = z.int().min(1);

const hours = z.array(z.object({ weekday: z.int(), startsAt: z.string(), endsAt: z.string() }));

export const professional = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  photoUrl: z.string().nullable(),
  email: z.string().nullable(),
  /** Null for the tenant's. */
  timezone: z.string().nullable(),
  calendarStatus: z.enum(calendarStatuses),
  active: z.boolean(),
  serviceIds: z.array(z.uuid()),
  hours,
  version,
  archivedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Professional = z.infer<typeof professional>;

export const professionals = z.object({ timezone: z.string(), professionals: z.array(professional) });
export type Professionals = z.infer<typeof professionals>;

export const professionalUpdate = professionalChanges.extend({ version: version.optional() });

export const hoursUpdate = z.strictObject({ hours: weeklyHours, version: version.optional() });
export const professionalOrder = z.strictObject({ ids: z.array(z.uuid()).min(1).max(professionalsMax) });

/** `url` is as good as a key. It is null after a change of APP_SECRET: make a new one then. */
export const calendarInvitation = z.object({
  id: z.uuid(),
  url: z.string().nullable(),
  expiresAt: z.iso.datetime(),
  isExpired: z.boolean(),
  mailedAt: z.iso.datetime().nullable(),
  mailedTo: z.string().nullable(),
  /** When the professional last said that everything is right. */
  confirmedAt: z.iso.datetime().nullable(),
});
export type CalendarInvitation = z.infer<typeof calendarInvitation>;
export const calendarInvitationAnswer = z.object({ invitation: calendarInvitation.nullable() });
export const invitationRequest = z.strictObject({ mail: z.boolean().optional() });

/** What a professional sees of themselves behind the link, and may correct. */
export const ownDetails = z.object({
  tenant: z.object({
    name: z.string(),
    logoUrl: z.string().nullable(),
    primaryColor: z.string(),
    secondaryColor: z.string(),
    timezone: z.string(),
    locale: z.string(),
    /** 1 is Monday, 7 is Sunday. */
    weekStart: z.union([z.literal(1), z.literal(7)]),
  }),
  name: z.string(),
  photoUrl: z.string().nullable(),
  timezone: z.string().nullable(),
  hours,
  calendarStatus: z.enum(calendarStatuses),
  version,
  expiresAt: z.iso.datetime(),
  confirmedAt: z.iso.datetime().nullable(),
});
export type OwnDetails = z.infer<typeof ownDetails>;
/** Missing fields stay. Even an empty correction says that everything is right. */
export const ownCorrections = professionalChanges
  .pick({ name: true, photoUrl: true, timezone: true })
  .extend({ hours: weeklyHours.optional(), version });
export type OwnCorrections = z.infer<typeof ownCorrections>;
