"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { inquiryPaymentsMax } from "#contracts/ledger/limits.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { instantOf, minutesOfClock } from "#ui/dashboard/wall-clock.ts";
import { Field } from "#ui/field.tsx";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";

/** From when until when, in the merchant's zone. */
export function InquiryForm({ providers, timezone }: { providers: readonly string[]; timezone: string }) {
  const t = useTranslations("inquiries");
  const providerName = useProviderName();
  const router = useRouter();
  const saving = useSaving();

  function start(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [from, to] = ["from", "to"].map((name) => instantIn(String(form.get(name) ?? ""), timezone));
    if (!from || !to) return;
    const provider = String(form.get("provider") ?? "");
    const json = { from, to, ...(provider && { provider }) };
    void saving.save(
      () => answerOf(api["payment-inquiries"].$post({ json })),
      ({ id }) => router.push(`/dashboard/money/inquiries/${id}`),
    );
  }

  return (
    <form onSubmit={start} className="mb-8 grid items-start gap-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-2 lg:grid-cols-4">
      <Field type="datetime-local" name="from" label={t("form.from")} required />
      <Field
        type="datetime-local"
        name="to"
        label={t("form.to")}
        required
        problem={saving.wrong.includes("to") ? t("form.backwards") : undefined}
      />
      <Select name="provider" label={t("form.provider")} defaultValue="">
        <option value="">{t("form.all")}</option>
        {providers.map((id) => (
          <option key={id} value={id}>
            {providerName(id)}
          </option>
        ))}
      </Select>
      <Button type="submit" className="self-end" busyText={saving.isSaving ? t("form.starting") : undefined} data-testid="start-inquiry">
        {t("form.start")}
      </Button>
      <div className="space-y-2 sm:col-span-2 lg:col-span-4">
        {!saving.wrong.includes("to") && <Problem text={saving.problem} />}
        <p className="text-muted text-sm">
          {t("form.limit", { max: inquiryPaymentsMax })} {t("leave")}
        </p>
      </div>
    </form>
  );
}

/** `2026-11-26T14:00`, as the browser's field gives it. Null for anything else. */
function instantIn(text: string, timezone: string): string | null {
  const [date = "", clock = ""] = text.split("T");
  const minutes = minutesOfClock(clock.slice(0, 5));
  return /^\d{4}-\d\d-\d\d$/.test(date) && minutes !== null ? instantOf({ date, minutes }, timezone) : null;
}
