import type { DeskBooking } from "#contracts/desk/booking.ts";

export type LinkProps = { booking: DeskBooking; link: NonNullable<DeskBooking["paymentLink"]>; locale: string };
