import {
  type ApiKeyCaller,
  type BookingSight,
  bookingSight,
  type MemberCaller,
  type Permission,
  professionalSeen,
} from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";

export type BookingViewer = BookingSight & { tenantId: string; permissions: readonly Permission[] };

type Member = Pick<MemberCaller, "kind" | "tenantId" | "permissions" | "role" | "professionalId" | "seesPhones">;
type Program = Pick<ApiKeyCaller, "kind" | "tenantId" | "permissions">;

export function viewerOf(caller: Member | Program): BookingViewer {
  const { tenantId, permissions } = caller;
  return { tenantId, permissions, ...bookingSight(caller) };
}

/**
 * Before a change that knows any checkout: the id of a booking's rest is no booking's. Refuses:
 * checkout_unknown.
 */
export function requireBooking({ viewer, bookingId }: { viewer: BookingViewer; bookingId: string }): Promise<void> {
  return inTenant(viewer.tenantId, (tx) => requireVisible(tx, viewer, bookingId));
}

/** Somebody else's booking is refused like an unknown one. Refuses: checkout_unknown. */
export async function requireVisible(tx: Tx, sight: Pick<BookingSight, "onlyOf">, bookingId: string): Promise<void> {
  const booking = await tx.selectFrom("booking").select("professional_id").where("id", "=", bookingId).executeTakeFirst();
  if (!booking || professionalSeen(sight, booking.professional_id) !== booking.professional_id) throw new Refusal("checkout_unknown");
}
