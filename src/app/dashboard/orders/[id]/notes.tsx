"use client";

import { useTranslations } from "next-intl";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { NotesPanel } from "../../notes-panel.tsx";

export function Notes({ order, locale }: { order: DeskOrder; locale: string }) {
  const t = useTranslations("orders.notes");
  const { id, notes, timezone } = order;
  return (
    <NotesPanel
      words={{ title: t("title"), hint: t("hint"), empty: t("empty"), field: t("field"), add: t("add"), added: t("added") }}
      notes={notes}
      locale={locale}
      timezone={timezone}
      mayAdd={order.may.note}
      send={(text, headers) => answerOf(api.orders[":id"].notes.$post({ param: { id }, json: { text } }, { headers }))}
    />
  );
}
