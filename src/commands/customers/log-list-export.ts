import { inTenant } from "#platform/db.ts";
import { type DeskCaller, logCustomerChange } from "./log-change.ts";

/** Whoever takes the list of all customers along is in the audit log. */
export async function logListExport(caller: DeskCaller): Promise<void> {
  await inTenant(caller.tenantId, (tx) => logCustomerChange(tx, { caller, kind: "customers.exported", details: {} }));
}
