"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef } from "react";
import type { Customer } from "#contracts/customers/customers.ts";
import { noteLengthMax } from "#contracts/desk/limits.ts";
import { newIdempotencyKey } from "#ui/api.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import { Panel } from "../../bookings/[id]/panel.tsx";

/** For the team alone. */
export function Notes({ customer, locale }: { customer: Customer; locale: string }) {
  const t = useTranslations("customers.notes");
  const toast = useToast();
  const saving = useSaving();
  const key = useRef(newIdempotencyKey());
  const { id, notes, timezone, mayChange } = customer;

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("note") ?? "").trim();
    if (text === "") return form.querySelector("textarea")?.focus();
    const headers = { "idempotency-key": key.current };
    const send = () => answerOf(api.customers[":id"].notes.$post({ param: { id }, json: { text } }, { headers }));
    void saving.save(send, () => {
      key.current = newIdempotencyKey();
      form.reset();
      toast(t("added"));
    });
  }

  return (
    <Panel id="notes" title={t("title")} hint={t("hint")}>
      {notes.length === 0 && <p className="text-muted">{t("empty")}</p>}
      <ul className="space-y-3 empty:hidden">
        {notes.map((note) => (
          <li key={note.id} data-testid="note" className="rounded-xl bg-paper p-4">
            <p className="whitespace-pre-wrap break-words">{note.text}</p>
            <p className="mt-1 text-muted text-sm">
              <bdi>{note.actor.name ?? "—"}</bdi> · {formatShort({ instant: note.at, locale, timezone })}
            </p>
          </li>
        ))}
      </ul>
      {mayChange && (
        <form noValidate onSubmit={add} className="space-y-3">
          <TextArea name="note" label={t("field")} rows={3} maxLength={noteLengthMax} />
          <SaveBar saving={saving} label={t("add")} />
        </form>
      )}
    </Panel>
  );
}
