import { saveMeetingUrl } from "#commands/bookings/save-meeting-url.ts";
import { confirmBooking } from "#commands/checkouts/confirm-checkout.ts";
import type { BookingState } from "#contracts/checkout.ts";
import { isBookingPaid } from "#domain/checkout-states.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { roomTimes } from "#domain/room-times.ts";
import { crashPoint } from "#platform/crash-points.ts";
import { connectRooms, meetingUrl, roomNameOf } from "#providers/rooms/daily/daily.ts";
import { loadBookingForWork } from "#queries/booking-for-work.ts";
import { findConnection } from "#queries/connections.ts";
import type { FollowUpJobDefinition } from "./registry.ts";

/** A private video room around the appointment. Its name is the booking's, so that a second try finds the first one's room. */
export const createRoomJob: FollowUpJobDefinition = {
  async work(followUp) {
    const work = await loadBookingForWork({ tenantId: followUp.tenantId, bookingId: followUp.subjectId });
    if (!work || !isBookingPaid(work.booking.status as BookingState["status"]))
      return { result: "skipped", reason: "the booking is no longer paid" };
    const connection = await findConnection({ tenantId: followUp.tenantId, kind: "room" });
    if (!connection)
      throw new ProviderFailure({ provider: "room", kind: "misconfigured", message: "the merchant has no video service connected" });
    const rooms = connectRooms(connection.credentials);
    const name = roomNameOf(work.booking.id);
    const times = roomTimes({ start: work.booking.starts_at, end: work.booking.ends_at });
    const room = await rooms.createRoom({ name, ...times, lang: work.booking.locale });
    crashPoint("room created, no token yet");
    const token = await rooms.meetingToken({ room: name, ...times, userName: work.booking.customer_name, isOwner: false });
    crashPoint("room created, address not recorded");
    const address = { tenantId: followUp.tenantId, bookingId: work.booking.id, meetingUrl: meetingUrl(room.url, token) };
    if (await saveMeetingUrl(address)) return { result: "done" };
    // Cancelled while the room was being made: close-room may have looked before there was one.
    await rooms.deleteRoom(name);
    return { result: "skipped", reason: "the booking is no longer paid" };
  },
  afterwards: (followUp) => confirmBooking({ tenantId: followUp.tenantId, bookingId: followUp.subjectId }),
};
