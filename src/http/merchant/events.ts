import type { AuditEntry, AuditPage, EventFilters } from "#contracts/merchant/audit.ts";
import type { eventOperations } from "#contracts/operations/events.ts";
import { auditLog } from "#queries/merchant/audit.ts";
import type { HandlersOf } from "../route.ts";
import { csvLine, csvStart, csvStream } from "./csv.ts";

const pageDefault = 50;
const exportPage = 500;

export const eventHandlers: HandlersOf<typeof eventOperations> = {
  listEvents({ caller, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return auditLog({ tenantId: caller.tenantId, filters, cursor, limit });
  },

  async exportEvents({ caller, input: { query }, c }) {
    const { tenantId } = caller;
    // Before the answer begins: what fails here is still an answer of its own.
    const first = await auditLog({ tenantId, filters: query, limit: exportPage });
    return c.body(csvStream(lines({ tenantId, filters: query, first })), 200, {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="audit.csv"',
    });
  },
};

const columns = ["at", "action", "actor", "actor_id", "actor_name", "entity_type", "entity_id", "changes", "details", "address", "browser"];

async function* lines({ tenantId, filters, first }: { tenantId: string; filters: EventFilters; first: AuditPage }) {
  yield csvStart + csvLine(columns);
  let page = first;
  for (;;) {
    if (page.events.length > 0) yield page.events.map((event) => csvLine(cellsOf(event))).join("");
    if (page.next === null) return;
    page = await auditLog({ tenantId, filters, cursor: page.next, limit: exportPage });
  }
}

function cellsOf({ at, action, actor, entity, changes, details, address, browser }: AuditEntry) {
  const changed = changes.map(({ field, before, after }) => `${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`).join("\n");
  return [at, action, actor.kind, actor.id, actor.name, entity.type, entity.id, changed, JSON.stringify(details), address, browser];
}
