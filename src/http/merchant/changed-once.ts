import type { Once } from "#commands/answer-once.ts";
import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { requireBooking, viewerOf } from "#queries/desk/booking-access.ts";
import { loadDeskBooking } from "#queries/desk/booking-page.ts";
import { madeOnce } from "./made-once.ts";

type Changing = {
  caller: MemberCaller | ApiKeyCaller;
  makes: Once["makes"];
  key: string | null;
  bookingId: string;
  request: unknown;
};

/** A repeat changes nothing and sees the booking as it is now. Nothing personal is kept for it. */
export async function changedOnce({ caller, bookingId, request, ...making }: Changing, change: () => Promise<void>): Promise<DeskBooking> {
  const viewer = viewerOf(caller);
  await requireBooking({ viewer, bookingId });
  await madeOnce({ caller, ...making, request: { bookingId, request } }, async () => {
    await change();
    return { isDone: true };
  });
  return loadDeskBooking({ viewer, bookingId });
}
