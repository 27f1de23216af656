"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { NoticeMails } from "#contracts/notices/notices.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatHour } from "#ui/format.ts";
import { Section } from "../section.tsx";

type FormProps = { mails: NoticeMails; isStaff: boolean; locale: string };
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Each member's own choice. Nobody else's mails change by it. */
export function MailsForm({ mails, isStaff, locale }: FormProps) {
  const t = useTranslations("notices");
  const toast = useToast();
  const saving = useSaving();
  const [chosen, setChosen] = useState<readonly NoticeMails["chosen"][number][]>(mails.chosen);
  const [summaryHour, setSummaryHour] = useState(mails.summaryHour);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void saving.save(
      () => answerOf(api.notices.mails.$put({ json: { chosen: [...chosen], summaryHour } })),
      () => toast(t("mails.saved")),
    );
  };
  return (
    <form noValidate onSubmit={submit} className="max-w-2xl space-y-6">
      <Section title={t("mails.which")}>
        {isStaff && <p className="text-muted">{t("mails.own")}</p>}
        <fieldset className="space-y-1">
          <legend className="sr-only">{t("mails.which")}</legend>
          {mails.offered.map((kind) => (
            <label key={kind} className="flex min-h-11 items-start gap-3 py-2">
              <input
                type="checkbox"
                name={kind}
                checked={chosen.includes(kind)}
                onChange={({ currentTarget: { checked } }) =>
                  setChosen((now) => (checked ? [...now, kind] : now.filter((other) => other !== kind)))
                }
                className="mt-0.5 size-5 shrink-0 accent-(--brand-ink)"
              />
              <span>
                <span className="block font-medium">{t(`mailKind.${kind}`)}</span>
                <span className="block text-muted text-sm">{t(`mails.hint.${kind}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {chosen.includes("summary") && (
          <div className="space-y-1.5">
            <label htmlFor="summaryHour" className="block font-medium">
              {t("mails.hour")}
            </label>
            <select
              id="summaryHour"
              value={summaryHour}
              onChange={({ currentTarget: { value } }) => setSummaryHour(Number(value))}
              aria-describedby="summaryHour-hint"
              className="block min-h-12 rounded-xl border border-edge bg-card px-4 py-2.5 text-base"
            >
              {hours.map((hour) => (
                <option key={hour} value={hour}>
                  {formatHour(hour, locale)}
                </option>
              ))}
            </select>
            <p id="summaryHour-hint" className="text-muted text-sm">
              {t("mails.hourHint", { zone: mails.timezone })}
            </p>
          </div>
        )}
        <p className="text-muted text-sm">{t("mails.note")}</p>
        <SaveBar saving={saving} />
      </Section>
    </form>
  );
}
