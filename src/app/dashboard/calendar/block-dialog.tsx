"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import { withQuery } from "#app/book/address.ts";
import type { Calendar } from "#contracts/desk/calendar.ts";
import { Problem } from "#ui/alert.tsx";
import { Button, buttonStyles } from "#ui/button.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { clockText, instantOf, minutesOfClock, wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { Field } from "#ui/field.tsx";
import { formatShort } from "#ui/format.ts";
import { serverNow } from "#ui/server-time.ts";
import type { Open, Place, Rights } from "./opened.ts";
import { useBlocking } from "./use-blocking.ts";

type Common = { calendar: Calendar; locale: string; onClose: () => void };

/** The second tap: what the first one pressed was empty. */
export function EmptyDialog({ place, rights, calendar, locale, onOpen, onClose }: Common & { place: Place; rights: Rights; onOpen: Open }) {
  const t = useTranslations("calendar.blocking");
  const { saving, block } = useBlocking(calendar);
  const name = calendar.professionals.find(({ id }) => id === place.professionalId)?.name ?? "";
  const time = formatShort({ instant: place.start, locale, timezone: calendar.timezone });
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} text={t("at", { name, time })}>
      <Problem text={saving.problem} />
      <div className="flex flex-col gap-3">
        {rights.mayMove && (
          <Link
            href={withQuery("/dashboard/bookings/new", { professional: place.professionalId, start: place.start })}
            prefetch={false}
            className={buttonStyles()}
            data-testid="book-here"
          >
            {t("book")}
          </Link>
        )}
        {(rights.mayBlock ? [30, 60] : []).map((minutes) => (
          <Button
            key={minutes}
            look="outline"
            onClick={() => block({ ...place, minutes }, onClose)}
            busyText={saving.isSaving ? t("blocking") : undefined}
            data-testid={`block-${minutes}`}
          >
            {t("minutes", { minutes })}
          </Button>
        ))}
        {rights.mayBlock && (
          <Button look="outline" onClick={() => onOpen({ kind: "block", place })}>
            {t("choose")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** Any stretch of one day. */
export function BlockDialog({ place, calendar, onClose }: Common & { place: Place | null }) {
  const t = useTranslations("calendar");
  const { saving, block } = useBlocking(calendar);
  const [isWrong, setIsWrong] = useState(false);
  const { professionals, timezone } = calendar;
  const begins = place ? wallTimeOf(place.start, timezone) : { date: calendar.from, minutes: 12 * 60 };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [from, until] = ["from", "until"].map((name) => minutesOfClock(String(data.get(name))));
    const date = String(data.get("date"));
    const isRight = from != null && until != null && from < until && date !== "";
    setIsWrong(!isRight);
    if (!isRight) return;
    const start = instantOf({ date, minutes: from }, timezone);
    block({ professionalId: String(data.get("professionalId")), start, minutes: until - from, note: String(data.get("note")) }, onClose);
  };
  const fromNow = (form: HTMLFormElement | null) => {
    if (!form) return;
    const start = new Date(Math.floor(serverNow() / 60_000) * 60_000).toISOString();
    block({ professionalId: String(new FormData(form).get("professionalId")), start, minutes: 60 }, onClose);
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("blocking.title")}>
      <form onSubmit={submit} className="space-y-4" data-testid="block-form">
        <Select name="professionalId" label={t("who")} defaultValue={place?.professionalId}>
          {professionals.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Button look="outline" wide onClick={({ currentTarget }) => fromNow(currentTarget.form)} data-testid="from-now">
          {t("blocking.fromNow")}
        </Button>
        <Field name="date" type="date" label={t("date")} defaultValue={begins.date} required />
        <div className="grid grid-cols-2 gap-3">
          <Field name="from" type="time" label={t("blocking.from")} defaultValue={clockText(begins.minutes)} required />
          <Field
            name="until"
            type="time"
            label={t("blocking.until")}
            defaultValue={clockText(Math.min(begins.minutes + 60, 1439))}
            problem={isWrong ? t("blocking.order") : undefined}
            required
          />
        </div>
        <Field name="note" label={t("blocking.note")} hint={t("blocking.noteHint")} maxLength={200} />
        <Problem text={saving.problem} />
        <div className="flex justify-end">
          <Button type="submit" busyText={saving.isSaving ? t("blocking.blocking") : undefined} data-testid="save-block">
            {t("blocking.action")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
