"use client";

import { useTranslations } from "next-intl";
import type { Customer } from "#contracts/customers/customers.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { NotesPanel } from "../../notes-panel.tsx";

export function Notes({ customer, locale }: { customer: Customer; locale: string }) {
  const t = useTranslations("customers.notes");
  const { id, notes, timezone } = customer;
  return (
    <NotesPanel
      words={{ title: t("title"), hint: t("hint"), empty: t("empty"), field: t("field"), add: t("add"), added: t("added") }}
      notes={notes}
      locale={locale}
      timezone={timezone}
      mayAdd={customer.mayChange}
      send={(text, headers) => answerOf(api.customers[":id"].notes.$post({ param: { id }, json: { text } }, { headers }))}
    />
  );
}
