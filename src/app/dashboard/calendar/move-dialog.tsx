"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Calendar, CalendarEntry } from "#contracts/desk/calendar.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { classNames } from "#ui/class-names.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { clockText, instantOf, minutesOfClock, wallTimeOf } from "#ui/dashboard/wall-clock.ts";
import { Field } from "#ui/field.tsx";
import { formatShort, formatTime } from "#ui/format.ts";
import type { Place } from "./opened.ts";
import { PriceChoice, type PriceWish } from "./price-choice.tsx";
import { useFreeTimes } from "./use-free-times.ts";
import { useMoving } from "./use-moving.ts";

type MoveDialogProps = { entry: CalendarEntry; to: Place | null; calendar: Calendar; locale: string; onClose: () => void };

/** Old place, new place, and who is told. A drag arrives here too, with its new place chosen. */
export function MoveDialog({ entry, to, calendar, locale, onClose }: MoveDialogProps) {
  const t = useTranslations("calendar.move");
  const { timezone, professionals } = calendar;
  const [place, setPlace] = useState<Place>(to ?? { professionalId: entry.professionalId, start: entry.start });
  const [tellsCustomer, setTellsCustomer] = useState(true);
  const [ignoresHours, setIgnoresHours] = useState(false);
  const [priceWish, setPriceWish] = useState<PriceWish>({ change: undefined, isReady: true });
  const { saving, move } = useMoving({ calendar, locale });
  const name = entry.customer?.name ?? "";
  const nameOf = (id: string) => professionals.find((one) => one.id === id)?.name ?? "";
  const words = ({ professionalId, start }: Place) => `${formatShort({ instant: start, locale, timezone })} · ${nameOf(professionalId)}`;
  const isSame = place.professionalId === entry.professionalId && Date.parse(place.start) === Date.parse(entry.start);
  const people = [...new Set([entry.professionalId, place.professionalId])].map(nameOf);
  const given = professionals.filter(({ id, serviceIds }) => id === entry.professionalId || serviceIds.includes(entry.service.id));
  return (
    <Dialog isOpen onClose={onClose} title={t("title", { name })}>
      <div className="space-y-5" data-testid="move-form">
        <dl className="space-y-2 rounded-xl bg-paper px-4 py-3">
          <div>
            <dt className="text-muted text-sm">{t("from")}</dt>
            <dd className={classNames("font-medium", !isSame && "line-through decoration-muted")}>{words(entry)}</dd>
          </div>
          <div aria-live="polite">
            <dt className="text-muted text-sm">{t("to")}</dt>
            <dd className="font-semibold" data-testid="new-place">
              {isSame ? "–" : words(place)}
            </dd>
          </div>
        </dl>
        <Select
          name="professionalId"
          label={t("professional")}
          value={place.professionalId}
          onChange={({ target }) => setPlace({ ...place, professionalId: target.value })}
        >
          {given.map(({ id, name: shown }) => (
            <option key={id} value={id}>
              {shown}
            </option>
          ))}
        </Select>
        <TimeFields {...{ entry, place, locale, timezone }} onChoose={(start) => setPlace({ ...place, start })} />
        <div>
          {name && (
            <Checkbox name="notify" checked={tellsCustomer} onChange={({ target }) => setTellsCustomer(target.checked)}>
              {t("notify", { name })}
            </Checkbox>
          )}
          <p className="text-muted text-sm">{t("told", { people: new Intl.ListFormat(locale).format(people) })}</p>
          {!entry.price && <p className="text-muted text-sm">{t("price")}</p>}
        </div>
        {entry.price && <PriceChoice price={entry.price} locale={locale} onChange={setPriceWish} />}
        <Problem text={problemOf(saving, t)} />
        {(saving.code === "outside_hours" || ignoresHours) && (
          <Checkbox name="ignoreHours" checked={ignoresHours} onChange={({ target }) => setIgnoresHours(target.checked)}>
            {t("ignoreHours")}
          </Checkbox>
        )}
        <Button
          wide
          disabled={isSame || !priceWish.isReady}
          busyText={saving.isSaving ? t("moving") : undefined}
          onClick={() => move({ entry, to: place, notify: tellsCustomer, ignoreHours: ignoresHours, price: priceWish.change }, onClose)}
          data-testid="confirm-move"
        >
          {t("action")}
        </Button>
      </div>
    </Dialog>
  );
}

type Words = ReturnType<typeof useTranslations<"calendar.move">>;

/** A merchant has other ways on than the customer for whom the general sentence is. */
function problemOf({ code, problem }: { code: string | null; problem: string | null }, t: Words): string | null {
  if (code === "slot_taken") return t("taken");
  return code === "changed_meanwhile" ? t("changed") : problem;
}

type TimeFieldsProps = { entry: CalendarEntry; place: Place; locale: string; timezone: string; onChoose: (start: string) => void };

function TimeFields({ entry, place, locale, timezone, onChoose }: TimeFieldsProps) {
  const t = useTranslations("calendar.move");
  const { date, minutes } = wallTimeOf(place.start, timezone);
  const free = useFreeTimes({ serviceId: entry.service.id, professionalId: place.professionalId, date });
  const choose = (at: { date: string; minutes: number | null }) => {
    if (at.date !== "" && at.minutes !== null) onChoose(instantOf({ date: at.date, minutes: at.minutes }, timezone));
  };
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field name="day" type="date" label={t("day")} value={date} onChange={({ target }) => choose({ date: target.value, minutes })} />
        <Field
          name="time"
          type="time"
          label={t("time")}
          value={clockText(minutes)}
          onChange={({ target }) => choose({ date, minutes: minutesOfClock(target.value) })}
        />
      </div>
      <fieldset>
        <legend className="mb-1.5 font-medium">{t("free")}</legend>
        {free === null && <p className="text-muted">{t("loading")}</p>}
        {free?.length === 0 && <p className="text-muted">{t("noFree")}</p>}
        <div className="flex max-h-44 flex-wrap gap-2 overflow-y-auto p-1">
          {free?.map((start) => (
            <button
              key={start}
              type="button"
              aria-pressed={Date.parse(start) === Date.parse(place.start)}
              onClick={() => onChoose(start)}
              className="min-h-11 rounded-xl border border-edge bg-card px-3 aria-pressed:border-brand-ink aria-pressed:bg-brand-soft aria-pressed:font-semibold aria-pressed:text-brand-ink"
              data-testid="free-time"
              data-start={start}
            >
              {formatTime({ instant: start, locale, timezone })}
            </button>
          ))}
        </div>
      </fieldset>
    </>
  );
}
