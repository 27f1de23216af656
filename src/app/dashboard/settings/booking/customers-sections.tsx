"use client";

import { useTranslations } from "next-intl";
import type { TenantSettings } from "#contracts/settings/tenant.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Section } from "../section.tsx";
import type { SettingsForm } from "../use-settings-form.ts";
import { Effect } from "./effect.tsx";

type Draft = Pick<TenantSettings, "customerMoveHours" | "customerCancelHours" | "firstReminderHours" | "secondReminderHours">;
type CustomersSectionsProps = Pick<SettingsForm<Draft>, "draft" | "set" | "problemOf"> & {
  withoutTerms: readonly { name: string }[];
  list: (services: readonly { name: string }[]) => string;
};

const untilHours = [0, 1, 2, 4, 6, 12, 24, 48, 72, 168];
const beforeHours = [1, 2, 3, 4, 6, 12, 24, 48, 72, 168];

/** What customers do by the link in their mail, and when they are reminded. */
export function CustomersSections({ draft, set, problemOf, withoutTerms, list }: CustomersSectionsProps) {
  const t = useTranslations("settings.booking");
  const field = (name: keyof Draft) => ({
    name,
    label: t(name),
    hours: draft[name],
    onChange: (hours: number | null) => set({ [name]: hours }),
    problem: problemOf(name),
  });
  const isTwice = draft.firstReminderHours !== null && draft.firstReminderHours === draft.secondReminderHours;
  return (
    <>
      <Section title={t("customerChanges")}>
        <p className="text-muted text-sm">{t("customerChangesHint")}</p>
        <HoursChoice
          {...field("customerMoveHours")}
          offered={untilHours}
          none={t("never")}
          words={(hours) => t("hoursBefore", { hours })}
        />
        <HoursChoice
          {...field("customerCancelHours")}
          offered={untilHours}
          none={t("never")}
          words={(hours) => t("hoursBefore", { hours })}
        />
        {draft.customerCancelHours !== null && withoutTerms.length > 0 && (
          <Effect id="no-terms">{t("cancelNoTerms", { names: list(withoutTerms) })}</Effect>
        )}
      </Section>
      <Section title={t("reminders")}>
        <p className="text-muted text-sm">{t("remindersHint")}</p>
        <HoursChoice
          {...field("firstReminderHours")}
          offered={beforeHours}
          none={t("noReminder")}
          words={(hours) => t("remindBefore", { hours })}
        />
        <HoursChoice
          {...field("secondReminderHours")}
          offered={beforeHours}
          none={t("noReminder")}
          words={(hours) => t("remindBefore", { hours })}
        />
        {isTwice && <Effect id="same-reminder">{t("remindersSame")}</Effect>}
      </Section>
    </>
  );
}

type HoursChoiceProps = {
  name: string;
  label: string;
  hours: number | null;
  onChange: (hours: number | null) => void;
  problem: string | undefined;
  offered: readonly number[];
  none: string;
  words: (hours: number) => string;
};

/** A program may have set another number, which stays one of the choices. */
function HoursChoice({ hours, onChange, offered, none, words, ...field }: HoursChoiceProps) {
  const all = hours === null || offered.includes(hours) ? offered : [...offered, hours].toSorted((a, b) => a - b);
  return (
    <Select
      {...field}
      className="max-w-80"
      value={hours === null ? "" : String(hours)}
      onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
    >
      <option value="">{none}</option>
      {all.map((one) => (
        <option key={one} value={one}>
          {words(one)}
        </option>
      ))}
    </Select>
  );
}
