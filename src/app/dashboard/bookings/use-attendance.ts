"use client";

import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { type Saving, useSaving } from "#ui/dashboard/use-saving.ts";

export type AttendanceWord = NonNullable<DeskBooking["attendance"]>;

/** Says whether the customer came, and offers for ten seconds to take it back. */
export function useAttendance({ id, attendance }: Pick<DeskBooking, "id" | "attendance">): {
  say: (next: AttendanceWord | null) => void;
  saving: Saving;
} {
  const t = useTranslations("booking.attendance");
  const toast = useToast();
  const saving = useSaving();
  const put = (next: AttendanceWord | null) => answerOf(api.bookings[":id"].attendance.$put({ param: { id }, json: { attendance: next } }));
  const say = (next: AttendanceWord | null) =>
    void saving.save(
      () => put(next),
      () => {
        const undo = () => saving.save(() => put(attendance));
        toast(next ? t("saved", { what: t(next) }) : t("cleared"), undo);
      },
    );
  return { say, saving };
}
