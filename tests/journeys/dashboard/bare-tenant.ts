import { randomBytes, randomUUID } from "node:crypto";
import { createTenant } from "#commands/tenants/create-tenant.ts";
import { system as caller } from "#contracts/caller.ts";
import { newTenant } from "#contracts/catalog.ts";

/** A merchant who has set up nothing yet. */
export async function bareTenant(): Promise<string> {
  const id = randomUUID();
  await createTenant({ caller, input: newTenant.parse({ id, slug: `bare-${randomBytes(4).toString("hex")}`, name: "Clínica nueva" }) });
  return id;
}
