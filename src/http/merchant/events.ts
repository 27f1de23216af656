import type { AuditEntry, AuditPage, EventFilters } from "#contracts/merchant/audit.ts";
import type { eventOperations } from "#contracts/operations/events.ts";
import { auditLog } from "#queries/merchant/audit.ts";
import type { HandlersOf } from "../route.ts";
import { csvAnswer } from "./csv.ts";

const pageDefault = 50;
const exportPage = 500;

export const eventHandlers: HandlersOf<typeof eventOperations> = {
  listEvents({ caller, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return auditLog({ tenantId: caller.tenantId, filters, cursor, limit });
  },

  exportEvents({ caller, input: { query }, c }) {
    return csvAnswer(c, { name: "audit", columns, pages: pagesOf(caller.tenantId, query) });
  },
};

const columns = ["at", "action", "actor", "actor_id", "actor_name", "entity_type", "entity_id", "changes", "details", "address", "browser"];

async function* pagesOf(tenantId: string, filters: EventFilters) {
  let cursor: string | undefined;
  do {
    const page: AuditPage = await auditLog({ tenantId, filters, cursor, limit: exportPage });
    yield page.events.map(cellsOf);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function cellsOf({ at, action, actor, entity, changes, details, address, browser }: AuditEntry) {
  const changed = changes.map(({ field, before, after }) => `${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`).join("\n");
  return [at, action, actor.kind, actor.id, actor.name, entity.type, entity.id, changed, JSON.stringify(details), address, browser];
}
