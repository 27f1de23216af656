import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { roomTimes } from "#domain/room-times.ts";
import { inTenant } from "#platform/db.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import { type BookingForWork, loadBookingForWork } from "#queries/checkout-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import { requireVisible, viewerOf } from "#queries/desk/booking-access.ts";

type Entering = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string } };

/** Refuses: checkout_unknown, booking_not_standing (also without a room), room_unavailable. */
export async function enterRoom({ caller, input: { bookingId } }: Entering): Promise<string> {
  const { tenantId } = caller;
  await inTenant(tenantId, (tx) => requireVisible(tx, viewerOf(caller), bookingId));
  const work = await loadBookingForWork({ tenantId, checkoutId: bookingId });
  const url =
    work && isPaid(work.checkout.status)
      ? await hostUrl(work).catch((failure: unknown) => {
          throw failure instanceof ProviderFailure ? new Refusal("room_unavailable") : failure;
        })
      : null;
  if (!url) throw new Refusal("booking_not_standing");
  return url;
}

/** The host's own link, made when it is wanted. Tokens cost nothing and are not stored. */
export async function hostUrl(work: BookingForWork): Promise<string | null> {
  if (!work.booking.meeting_url) return null;
  const connection = await findConnection({ tenantId: work.tenant.tenant_id, kind: "room", started: true });
  if (!connection) return null;
  const room = roomNameOf(work.booking.id);
  const times = roomTimes({ start: work.booking.starts_at, end: work.booking.ends_at });
  const host = { userName: work.professional.name, role: "host" } as const;
  return connectRooms(connection).meetingUrl({ room, roomUrl: work.booking.meeting_url, ...times, ...host });
}
