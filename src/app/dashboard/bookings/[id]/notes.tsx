"use client";

import { useTranslations } from "next-intl";
import type { DeskBooking } from "#contracts/desk/booking.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { NotesPanel } from "../../notes-panel.tsx";

export function Notes({ booking, locale }: { booking: DeskBooking; locale: string }) {
  const t = useTranslations("booking.notes");
  const { id, notes, timezone } = booking;
  return (
    <NotesPanel
      words={{ title: t("title"), hint: t("hint"), empty: t("empty"), field: t("field"), add: t("add"), added: t("added") }}
      notes={notes}
      locale={locale}
      timezone={timezone}
      mayAdd={booking.may.note}
      send={(text, headers) => answerOf(api.bookings[":id"].notes.$post({ param: { id }, json: { text } }, { headers }))}
    />
  );
}
