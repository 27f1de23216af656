"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Calendar, CalendarEntry } from "#contracts/desk/calendar.ts";
import type { PriceChange } from "#contracts/desk/moves.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { type Saving, useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import type { Place } from "./opened.ts";

export type Move = { entry: CalendarEntry; to: Place; notify: boolean; ignoreHours: boolean; price?: PriceChange | undefined };

/** Done at once; the toast moves it back, and tells the same people. */
export function useMoving({ calendar, locale }: { calendar: Calendar; locale: string }): {
  saving: Saving;
  move: (wanted: Move, after: () => void) => void;
} {
  const t = useTranslations("calendar.move");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const post = (id: string, json: Place & Pick<Move, "notify" | "ignoreHours" | "price"> & { expected: Place }) =>
    answerOf(api.bookings[":id"].move.$post({ param: { id }, json }));

  function move({ entry, to, notify, ignoreHours, price }: Move, after: () => void): void {
    const { bookingId, professionalId, start } = entry;
    if (!bookingId) return;
    const before = { professionalId, start };
    void saving.save(
      () => post(bookingId, { ...to, expected: before, notify, ignoreHours, ...(price && { price }) }),
      (moved) => {
        after();
        const time = formatShort({ instant: moved.start, locale, timezone: calendar.timezone });
        const done = t("done", { time, professional: moved.professionalName });
        // Money that was asked for or sent back is not taken back by a press.
        if (price && price.difference !== "leave") return toast(done);
        toast(done, async () => {
          // It stood there, so its hours were right or had been ignored.
          await post(bookingId, { ...before, expected: to, notify, ignoreHours: true });
          router.refresh();
        });
      },
    );
  }
  return { saving, move };
}
