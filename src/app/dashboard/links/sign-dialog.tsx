"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { BookingLink } from "#contracts/links/links.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { formatShort } from "#ui/format.ts";

const dayHours = 24;
const lives = [1, dayHours, 2 * dayHours, 7 * dayHours, 30 * dayHours, 90 * dayHours];
const lifeDefault = 30 * dayHours;
const names = ["name", "email", "phone", "note"] as const;

type SignDialogProps = { link: BookingLink; timezone: string; locale: string; onClose: () => void };

/** Makes a link for one person. It is shown here and stored nowhere. */
export function SignDialog({ link, timezone, locale, onClose }: SignDialogProps) {
  const t = useTranslations("links.sign");
  const saving = useSaving();
  const [made, setMade] = useState<{ address: string; expiresAt: string } | null>(null);

  function sign(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = names.flatMap((name) => {
      const value = String(form.get(name) ?? "").trim();
      return value === "" ? [] : [[name, value] as const];
    });
    const json = { hours: Number(form.get("hours")), ...Object.fromEntries(given) };
    void saving.save(() => answerOf(api["booking-links"][":id"].signed.$post({ param: { id: link.id }, json })), setMade);
  }

  const problem = (name: (typeof names)[number]) => (saving.wrong.includes(name) ? t(`problems.${name}`) : undefined);
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("text")}>
      {made ? (
        <div className="space-y-4">
          <p className="break-all rounded-xl bg-paper p-4 font-mono text-sm" data-testid="signed-address">
            {made.address}
          </p>
          <p>{t("made", { date: formatShort({ instant: made.expiresAt, locale, timezone }) })}</p>
          <div className="flex flex-wrap gap-3">
            <CopyButton text={made.address} />
            <Button look="quiet" onClick={() => setMade(null)}>
              {t("another")}
            </Button>
          </div>
        </div>
      ) : (
        <form noValidate onSubmit={sign} className="space-y-5">
          <Field name="name" label={t("customerName")} autoComplete="off" maxLength={400} problem={problem("name")} />
          <Field name="email" type="email" label={t("email")} autoComplete="off" maxLength={400} problem={problem("email")} />
          <Field name="phone" type="tel" label={t("phone")} autoComplete="off" maxLength={400} problem={problem("phone")} />
          <Field name="note" label={t("note")} hint={t("noteHint")} maxLength={200} problem={problem("note")} />
          <Select name="hours" label={t("life")} defaultValue={lifeDefault}>
            {lives.map((hours) => (
              <option key={hours} value={hours}>
                {hours < dayHours ? t("hour") : t("daysLeft", { days: hours / dayHours })}
              </option>
            ))}
          </Select>
          <SaveBar saving={saving} label={t("make")} />
        </form>
      )}
    </Dialog>
  );
}
