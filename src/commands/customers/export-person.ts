import type { PersonalExport } from "#contracts/customers/personal-export.ts";
import { inTenant } from "#platform/db.ts";
import { readPersonalData } from "#queries/customers/personal-export.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";

type Exporting = { caller: DeskCaller; input: { customerId: string } };

/** Opens personal answers, so the audit log says who has read them. Refuses: customer_unknown. */
export function exportPerson({ caller, input: { customerId } }: Exporting): Promise<PersonalExport> {
  return inTenant(caller.tenantId, async (tx) => {
    const data = await readPersonalData(tx, customerId);
    await logCustomerChange(tx, { caller, kind: "customer.exported", details: { customerId: data.customer.id } });
    return data;
  });
}
