import { type CheckoutStatus, isPaid } from "../checkout-states.ts";

/** Days are written YYYY-MM-DD, in the tenant's zone. `saidOn`: null until somebody has said. */
type Days = { status: CheckoutStatus; startsOn: string; saidOn: string | null; today: string };
export type AttendanceRefusal = "booking_not_standing" | "attendance_too_early" | "attendance_settled";

/** Why nobody may say or take back now whether the customer came. Returns null if they may. */
export function attendanceRefusal({ status, startsOn, saidOn, today }: Days): AttendanceRefusal | null {
  if (!isPaid(status)) return "booking_not_standing";
  if (today < startsOn) return "attendance_too_early";
  if (saidOn !== null && saidOn < today) return "attendance_settled";
  return null;
}
