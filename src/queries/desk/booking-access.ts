import type { ApiKeyCaller, MemberCaller, Permission } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

/** `onlyOf` is null for who sees all bookings. Staff see those of one professional, or none. */
export type BookingViewer = {
  tenantId: string;
  permissions: readonly Permission[];
  seesPhones: boolean;
  onlyOf: { professionalId: string | null } | null;
};

type Member = Pick<MemberCaller, "kind" | "tenantId" | "permissions" | "role" | "professionalId" | "seesPhones">;
type Program = Pick<ApiKeyCaller, "kind" | "tenantId" | "permissions">;

export function viewerOf(caller: Member | Program): BookingViewer {
  const { tenantId, permissions } = caller;
  if (caller.kind === "api_key" || caller.role !== "staff") return { tenantId, permissions, seesPhones: true, onlyOf: null };
  return { tenantId, permissions, seesPhones: caller.seesPhones, onlyOf: { professionalId: caller.professionalId } };
}

/** Somebody else's booking is refused like an unknown one. Refuses: checkout_unknown. */
export async function requireVisible(tx: Tx, { onlyOf }: Pick<BookingViewer, "onlyOf">, bookingId: string): Promise<void> {
  const booking = await tx.selectFrom("booking").select("professional_id").where("id", "=", bookingId).executeTakeFirst();
  if (!booking || (onlyOf && onlyOf.professionalId !== booking.professional_id)) throw new Refusal("checkout_unknown");
}
