"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { OpeningExceptions } from "#contracts/openings.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { endOf, shownEnd } from "#ui/openings/week.ts";

type FormProps = { professionalId: string; onAdded: (answer: OpeningExceptions) => void; onClose: () => void };
type Kind = OpeningExceptions["exceptions"][number]["kind"];

const kinds: readonly Kind[] = ["closed", "extra"];
const nothing = { kind: "closed" as Kind, from: "", to: "", isAllDay: true, startsAt: "09:00", endsAt: "13:00", note: "" };

export function ExceptionForm({ professionalId, onAdded, onClose }: FormProps) {
  const t = useTranslations("professionals.exceptions");
  const cancel = useTranslations("dashboard");
  const saving = useSaving();
  const [given, setGiven] = useState(nothing);
  const set = (part: Partial<typeof nothing>) => setGiven({ ...given, ...part });
  const isAllDay = given.kind === "closed" && given.isAllDay;
  const problem = (field: "from" | "to" | "startsAt" | "endsAt" | "note") =>
    saving.wrong.includes(field) ? t(`problems.${field}`) : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    const { kind, from, note } = given;
    const times = isAllDay ? { startsAt: null, endsAt: null } : { startsAt: given.startsAt || null, endsAt: given.endsAt || null };
    const json = { kind, from, to: given.to || from, note, ...times };
    void saving.save(() => answerOf(api.professionals[":id"].exceptions.$post({ param: { id: professionalId }, json })), onAdded);
  }

  return (
    <form onSubmit={submit} noValidate className="space-y-4 rounded-xl border border-line bg-paper p-4" data-testid="exception-form">
      <fieldset>
        <legend className="font-medium">{t("kind")}</legend>
        <div className="flex flex-wrap gap-x-6">
          {kinds.map((kind) => (
            <label key={kind} className="flex min-h-11 items-center gap-2.5">
              <input
                type="radio"
                name="kind"
                value={kind}
                checked={given.kind === kind}
                onChange={() => set({ kind })}
                className="size-5 accent-(--brand-ink)"
              />
              {t(kind)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          name="from"
          type="date"
          label={t("from")}
          value={given.from}
          onChange={({ target }) => set({ from: target.value, ...(given.to < target.value && { to: target.value }) })}
          problem={problem("from")}
        />
        <Field
          name="to"
          type="date"
          label={t("to")}
          value={given.to}
          onChange={({ target }) => set({ to: target.value })}
          problem={problem("to")}
        />
      </div>
      {given.kind === "closed" && (
        <Checkbox name="all-day" checked={given.isAllDay} onChange={({ target }) => set({ isAllDay: target.checked })}>
          {t("allDay")}
        </Checkbox>
      )}
      {!isAllDay && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            name="startsAt"
            type="time"
            label={t("startsAt")}
            value={given.startsAt}
            onChange={({ target }) => set({ startsAt: target.value })}
            problem={problem("startsAt")}
          />
          <Field
            name="endsAt"
            type="time"
            label={t("endsAt")}
            value={shownEnd(given.endsAt)}
            onChange={({ target }) => set({ endsAt: endOf(target.value) })}
            problem={problem("endsAt")}
          />
        </div>
      )}
      <Field
        name="note"
        label={t("note")}
        hint={t("noteHint")}
        value={given.note}
        onChange={({ target }) => set({ note: target.value })}
        problem={problem("note")}
        maxLength={200}
        dir="auto"
        autoComplete="off"
      />
      <Problem text={saving.problem} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busyText={saving.isSaving ? t("save") : undefined} data-testid="save-exception">
          {t("save")}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {cancel("cancel")}
        </Button>
      </div>
    </form>
  );
}
