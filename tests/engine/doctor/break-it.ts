import { examine } from "#queries/doctor.ts";
import type { Clinic } from "../../support/clinic.ts";
import type { World } from "../../support/world.ts";

/** The problems that the doctor names in one clinic, each once. */
export async function foundIn(clinic: Clinic): Promise<string[]> {
  const problems = (await examine()).filter(({ tenantId }) => tenantId === clinic.tenantId).map(({ problem }) => problem);
  return [...new Set(problems)].toSorted();
}

/** Nothing stands in the way: neither keys nor the constraint that keeps the Slot promise. */
export async function breakIt(world: Pick<World, "owner">, statement: string, bookingId: string): Promise<void> {
  const client = await world.owner.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query("alter table slot_claim drop constraint if exists slot_claim_no_overlap");
    await client.query(statement.replaceAll(":booking", `'${bookingId}'`));
  } finally {
    client.release(true);
  }
}
