import { type AuditEntry, auditPage, eventFilters, eventsPageMax, eventsQuery } from "../merchant/audit.ts";
import { described, json, merchantRead, type Operation } from "./operation.ts";

const filterWords = {
  group:
    "The first word of the kind: `link`, `connection`, `booking`. `service`, `professional`, `payment` and `tenant` have what belongs to them, such as hours.",
  kind: "The whole kind: `link.created`.",
  actor:
    "`people` (members, API keys, the operator), `customer`, `provider`, `system`, `operator`, `member`, `api-key`, or one of them: `member:<id>`.",
  subject: "The id of a booking, a payment, a service …",
  from: "First day (YYYY-MM-DD) in the merchant's zone.",
  to: "Last day, inclusive.",
};

const example: AuditEntry = {
  id: "0199c0de-0000-7000-8000-00000000000c",
  at: "2026-11-21T15:03:27.000Z",
  action: "link_created",
  kind: "link.created",
  actor: { kind: "member", id: "0199c0de-0000-7000-8000-00000000000d", name: "Laura Restrepo" },
  entity: { type: "booking_link", id: "0199c0de-0000-7000-8000-00000000000e" },
  subject: { kind: "tenant", id: "01900000-0000-7000-8000-000000000001" },
  changes: [{ field: "name", before: null, after: "Instagram" }],
  details: { linkId: "0199c0de-0000-7000-8000-00000000000e" },
  address: "203.0.113.7",
  browser: "Mozilla/5.0",
};

const read = { ...merchantRead, tag: "account", permission: "events.read" } as const;

/** The audit log: who did what, when and from where. */
export const eventOperations = [
  {
    ...read,
    id: "listEvents",
    path: "/api/events",
    summary: "The audit log, newest first",
    query: described(eventsQuery, {
      ...filterWords,
      cursor: "`next` of the page before.",
      limit: `Events on a page, at most ${eventsPageMax}; 50 by default.`,
    }),
    answer: json(200, auditPage, "`next` leads to older events. It is null on the last page.", { events: [example], next: null }),
  },
  {
    ...read,
    id: "exportEvents",
    path: "/api/events.csv",
    summary: "The audit log as a file for spreadsheets",
    query: described(eventFilters, filterWords),
    answer: {
      status: 200,
      contentType: "text/csv",
      description: "UTF-8, comma, all that the filters leave, newest first. A text that begins like a formula has an apostrophe in front.",
    },
  },
] as const satisfies readonly Operation[];
