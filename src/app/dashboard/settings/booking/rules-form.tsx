"use client";

import { useLocale, useTranslations } from "next-intl";
import type { TenantSettings } from "#contracts/settings/tenant.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { NumberField } from "../number-field.tsx";
import { Section } from "../section.tsx";
import { useSettingsForm } from "../use-settings-form.ts";
import { CustomersSections } from "./customers-sections.tsx";
import { Effect } from "./effect.tsx";

type RulesFormProps = {
  settings: TenantSettings;
  services: readonly { id: string; name: string; leadMinutes: number; holdMinutes: number | null; hasTerms: boolean; isFree: boolean }[];
  /** Between the shortest notice and the latest moment of a payment. */
  marginMinutes: number;
};

const ways = ["retry", "release"] as const;
const namesMax = 5;

/** Where a rule changes another one, or a service does not follow it, it says so there. */
export function RulesForm({ settings, services, marginMinutes }: RulesFormProps) {
  const t = useTranslations("settings.booking");
  const list = useNames();
  const { version, holdMinutes, onDecline, answerWaitMinutes, latestApprovalMinutes } = settings;
  const { customerMoveHours, customerCancelHours, firstReminderHours, secondReminderHours } = settings;
  const ofCustomers = { customerMoveHours, customerCancelHours, firstReminderHours, secondReminderHours };
  const saved = { version, holdMinutes, onDecline, answerWaitMinutes, latestApprovalMinutes, ...ofCustomers };
  const { draft, set, problemOf, saving, submit } = useSettingsForm(saved, (json) => answerOf(api.tenant.$patch({ json })));
  const withOwnHold = services.filter((service) => service.holdMinutes !== null);
  const notice = draft.latestApprovalMinutes + marginMinutes;
  const lifted = services.filter(({ leadMinutes }) => leadMinutes < notice);
  const withoutTerms = services.filter(({ hasTerms, isFree }) => !hasTerms && !isFree);
  const takenMax = 2 * draft.holdMinutes + draft.answerWaitMinutes;
  const number = (name: "holdMinutes" | "answerWaitMinutes" | "latestApprovalMinutes") => ({
    name,
    label: t(name),
    hint: t(`${name}Hint`),
    value: draft[name],
    onChange: (value: number) => set({ [name]: value }),
    problem: problemOf(name),
  });
  return (
    <form noValidate onSubmit={submit} className="max-w-2xl space-y-6">
      <Section title={t("holdMinutes")}>
        <NumberField {...number("holdMinutes")} />
        {withOwnHold.length > 0 && <Effect id="hold-own">{t("holdOwn", { names: list(withOwnHold) })}</Effect>}
      </Section>
      <Section title={t("onDecline")}>
        <fieldset className="space-y-1">
          <legend className="sr-only">{t("onDecline")}</legend>
          {ways.map((way) => (
            <label key={way} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="onDecline"
                value={way}
                checked={draft.onDecline === way}
                onChange={() => set({ onDecline: way })}
                className="size-5 shrink-0 accent-(--brand-ink)"
              />
              {t(way)}
            </label>
          ))}
        </fieldset>
        {draft.onDecline === "release" && <Effect id="decline">{t("onDeclineRelease")}</Effect>}
      </Section>
      <Section title={t("answerWaitMinutes")}>
        <NumberField {...number("answerWaitMinutes")} />
        {Number.isFinite(takenMax) && <Effect id="taken">{t("answerWaitEffect", { minutes: takenMax })}</Effect>}
      </Section>
      <Section title={t("latestApprovalMinutes")}>
        <NumberField {...number("latestApprovalMinutes")} />
        {Number.isFinite(notice) && <Effect id="notice">{t("latestEffect", { minutes: notice })}</Effect>}
        {lifted.length > 0 && <Effect id="lifted">{t("latestServices", { names: list(lifted) })}</Effect>}
      </Section>
      <CustomersSections {...{ draft, set, problemOf }} withoutTerms={withoutTerms} list={list} />
      <SaveBar saving={saving} />
    </form>
  );
}

/** The first names, in the reader's language, and … for more. */
function useNames(): (services: readonly { name: string }[]) => string {
  const locale = useLocale();
  return (services) => {
    const names = services.slice(0, namesMax).map(({ name }) => name);
    return new Intl.ListFormat(locale).format(services.length > namesMax ? [...names, "…"] : names);
  };
}
