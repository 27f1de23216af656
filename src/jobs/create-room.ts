import { saveMeetingUrl } from "#commands/bookings/save-meeting-url.ts";
import { confirmCheckout } from "#commands/checkouts/confirm-checkout.ts";
import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { roomTimes } from "#domain/room-times.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import { loadBookingForWork } from "#queries/checkout-for-work.ts";
import { findConnection } from "#queries/connections.ts";

/**
 * A private room around the appointment. Its name is fixed, so a retry finds the first room, and a
 * booking that was moved gets the same room at its new time.
 */
export const createRoomJob: FollowUpJobDefinition = {
  async work(followUp) {
    const work = await loadBookingForWork({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId });
    if (!work || !isPaid(work.checkout.status)) return { result: "skipped", reason: "the booking is no longer paid" };
    const connection = await findConnection({ tenantId: followUp.tenantId, kind: "room" });
    if (!connection)
      throw new ProviderFailure({ provider: "room", kind: "misconfigured", message: "the merchant has no video service connected" });
    const rooms = connectRooms(connection);
    const name = roomNameOf(work.booking.id);
    const madeFor = { start: work.booking.starts_at, end: work.booking.ends_at };
    const times = roomTimes(madeFor);
    const room = await rooms.createRoom({ name, ...times, lang: work.checkout.locale });
    crashPoint("room created, no token yet");
    const guest = { userName: work.checkout.customer_name, role: "guest" } as const;
    const meetingUrl = await rooms.meetingUrl({ room: name, roomUrl: room.url, ...times, ...guest });
    crashPoint("room created, address not recorded");
    const saved = await saveMeetingUrl({ tenantId: followUp.tenantId, bookingId: work.booking.id, meetingUrl, madeFor });
    if (saved === "saved") return { result: "done", effect: name };
    // Moved while the room was made: the next look takes the new time, whoever comes last.
    if (saved === "moved") return { result: "again", inSeconds: 1 };
    // The booking was cancelled meanwhile, and close-room may have run before the room existed.
    await rooms.deleteRoom(name);
    return { result: "skipped", reason: "the booking is no longer paid" };
  },
  afterwards: (followUp) => confirmCheckout({ tenantId: followUp.tenantId, checkoutId: followUp.subjectId }),
};
