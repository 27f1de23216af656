import { z } from "zod";
import { calendarDate } from "../dates.ts";

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
/** `people` are members, API keys and the operator together. */
const actorShape = new RegExp(`^(people|customer|provider|system|operator|member|api-key|(member|api-key):${uuid})$`);
export const eventsPageMax = 100;

export const eventFilters = z.object({
  group: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional(),
  kind: z
    .string()
    .regex(/^[a-z_.]{1,60}$/)
    .optional(),
  actor: z.string().regex(actorShape).optional(),
  subject: z.uuid().optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
});
export type EventFilters = z.infer<typeof eventFilters>;

export const eventsQuery = eventFilters.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(eventsPageMax).optional(),
});

export const auditEntry = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** The plan's word: `link_created`, `payment_attempted`, `callback_sent`. */
  action: z.string(),
  kind: z.string(),
  actor: z.object({
    kind: z.string(),
    id: z.uuid().nullable(),
    /** A member's or a key's. */
    name: z.string().nullable(),
  }),
  entity: z.object({ type: z.string(), id: z.string() }),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  /** By field. Secrets are masked. */
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  details: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
  browser: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditPage = z.object({ events: z.array(auditEntry), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;
