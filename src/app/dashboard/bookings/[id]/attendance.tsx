"use client";

import { Check, DoorOpen, type LucideIcon, Undo2, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { Problem } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { classNames } from "#ui/class-names.ts";
import { type AttendanceWord, useAttendance } from "../use-attendance.ts";

const icons: Record<AttendanceWord, LucideIcon> = { arrived: DoorOpen, completed: Check, no_show: UserX };
const words = ["arrived", "completed", "no_show"] as const;

/** One press says whether the customer came; the toast, or the same day's button, takes it back. */
export function Attendance({ booking }: { booking: DeskBooking }) {
  const t = useTranslations("booking.attendance");
  const errors = useTranslations("errors");
  const { attendance, attendanceRefusal, may } = booking;
  const { say, saving } = useAttendance(booking);
  if (attendanceRefusal === "booking_not_standing" || !may.note) return null;
  return (
    <section aria-label={t("title")} data-testid="attendance" className="space-y-2">
      {may.attend ? (
        <div className="flex flex-wrap gap-2">
          {words.map((word) => {
            const Icon = icons[word];
            const isSaid = word === attendance;
            return (
              <button
                key={word}
                type="button"
                aria-pressed={isSaid}
                onClick={() => say(isSaid ? null : word)}
                className={classNames(buttonStyles({ look: isSaid ? "primary" : "outline" }))}
              >
                <Icon aria-hidden className="size-5" />
                {t(word)}
              </button>
            );
          })}
          {attendance && (
            <button type="button" onClick={() => say(null)} className={buttonStyles({ look: "quiet" })}>
              <Undo2 aria-hidden className="size-4" />
              {t("undo")}
            </button>
          )}
        </div>
      ) : (
        attendanceRefusal && (
          <p className="max-w-md text-muted text-sm">
            {attendance && <strong className="mr-1.5 font-semibold">{t(attendance)}.</strong>}
            {errors(attendanceRefusal)}
          </p>
        )
      )}
      <Problem text={saving.problem} />
    </section>
  );
}
