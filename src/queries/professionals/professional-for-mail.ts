import { inTenant } from "#platform/db.ts";

/** Also of an archived one: whoever had the booking is told that it is no longer theirs. */
export async function loadProfessionalForMail(tenantId: string, id: string): Promise<{ id: string; name: string; email: string | null }> {
  return inTenant(tenantId, (tx) =>
    tx.selectFrom("professional").select(["id", "name", "email"]).where("id", "=", id).executeTakeFirstOrThrow(),
  );
}
