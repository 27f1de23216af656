"use client";

import { DoorOpen, UserX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Problem } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { type AttendanceWord, useAttendance } from "../bookings/use-attendance.ts";

const icons = { arrived: DoorOpen, no_show: UserX };
const words = ["arrived", "no_show"] as const;

type RowAttendanceProps = { id: string; attendance: AttendanceWord | null; mayAttend: boolean; name: string };

/** One press says it, another one on the same button takes it back; the toast does so, too. */
export function RowAttendance({ id, attendance, mayAttend, name }: RowAttendanceProps) {
  const t = useTranslations("booking.attendance");
  const { shown, say, saving } = useAttendance({ id, attendance });
  if (!mayAttend) return attendance && <p className="text-muted text-sm">{t(attendance)}</p>;
  return (
    <div className="flex flex-wrap gap-2 print:hidden" data-testid="row-attendance">
      {shown === "completed" && <p className="self-center text-muted text-sm">{t("completed")}</p>}
      {words.map((word) => {
        const Icon = icons[word];
        const isSaid = word === shown;
        return (
          <button
            key={word}
            type="button"
            aria-pressed={isSaid}
            aria-label={`${t(word)}: ${name}`}
            onClick={() => say(isSaid ? null : word)}
            className={buttonStyles({ look: isSaid ? "primary" : "outline" })}
          >
            <Icon aria-hidden className="size-5" />
            {t(word)}
          </button>
        );
      })}
      <Problem text={saving.problem} />
    </div>
  );
}
