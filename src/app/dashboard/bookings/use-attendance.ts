"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { type Saving, useSaving } from "#ui/dashboard/use-saving.ts";

export type AttendanceWord = NonNullable<DeskBooking["attendance"]>;

/** Says whether the customer came, and offers for ten seconds to take it back. */
export function useAttendance({ id, attendance }: Pick<DeskBooking, "id" | "attendance">): {
  /** What was just said, until the page's data says so, too. */
  shown: AttendanceWord | null;
  say: (next: AttendanceWord | null) => void;
  saving: Saving;
} {
  const t = useTranslations("booking.attendance");
  const toast = useToast();
  const saving = useSaving();
  const [pressed, setPressed] = useState<{ from: AttendanceWord | null; next: AttendanceWord | null } | null>(null);
  const put = (next: AttendanceWord | null) => answerOf(api.bookings[":id"].attendance.$put({ param: { id }, json: { attendance: next } }));
  const say = (next: AttendanceWord | null) => {
    if (saving.isSaving) return;
    setPressed({ from: attendance, next });
    void saving.save(
      () => put(next),
      () => {
        const undo = () => {
          setPressed({ from: next, next: attendance });
          return saving.save(() => put(attendance));
        };
        toast(next ? t("saved", { what: t(next) }) : t("cleared"), undo);
      },
    );
  };
  const isAhead = pressed !== null && pressed.from === attendance && saving.problem === null;
  return { shown: isAhead ? pressed.next : attendance, say, saving };
}
