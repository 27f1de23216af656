"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { shippingKinds } from "#contracts/shop-desk/limits.ts";
import type { ShippingOption } from "#contracts/shop-desk/shipping.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useFocusOnWrong, useKeyForBody } from "#ui/dashboard/form/guards.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { localeNames, locales } from "#ui/i18n/locales.ts";
import { Idle, Radios } from "../services/form/section.tsx";
import { Unfolding } from "../services/form/words-section.tsx";
import { bodyOf, type DeliveriesProps, type Draft, draftOf } from "./delivery-draft.ts";
import { WeightSteps } from "./weight-steps.tsx";

type DialogProps = DeliveriesProps & { option: ShippingOption | null; onClose: () => void };
type Problem = "name" | "priceMinor" | "weightSteps" | "freeFromMinor" | "taxPercent" | "daysMax" | "daysMin" | "locationId";
type TextName = "name" | "price" | "freeFrom" | "taxPercent" | "daysMin" | "daysMax";

export function DeliveryDialog({ option, locations, merchant, locale, onClose }: DialogProps) {
  const t = useTranslations("shopDesk.delivery");
  const toast = useToast();
  const saving = useSaving();
  const keyFor = useKeyForBody();
  useFocusOnWrong(saving.wrong);
  const { currency, taxPercent } = merchant;
  const [draft, setDraft] = useState(() => draftOf({ option, locale, taxPercent, locationId: locations[0]?.id ?? "" }));
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const problem = (field: Problem) => (saving.wrong.some((path) => path.startsWith(field)) ? t(`problems.${field}`) : undefined);
  const text = (name: TextName, sent: Problem) => ({
    name,
    autoComplete: "off",
    value: draft[name],
    onChange: ({ target: { value } }: { target: { value: string } }) => set({ [name]: value }),
    problem: problem(sent),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const json = bodyOf(draft, currency);
    const { kind } = draft;
    const header = { "idempotency-key": keyFor(JSON.stringify({ kind, ...json })) };
    const send = () =>
      option
        ? answerOf(api["shipping-options"][":id"].$patch({ param: { id: option.id }, json: { version: option.version, ...json } }))
        : answerOf(api["shipping-options"].$post({ json: { kind, ...json }, header }));
    void saving.save(send, ({ name }) => {
      toast(t("saved", { name }));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={option ? t("editTitle") : t("new")}>
      <form noValidate onSubmit={submit} className="space-y-5" data-testid="delivery-form">
        {option === null && (
          <Radios
            name="kind"
            legend={t("kind")}
            chosen={draft.kind}
            onChoose={(kind) => set({ kind })}
            choices={shippingKinds.map((value) => ({ value, label: t(`kinds.${value}`), hint: t(`kindHints.${value}`) }))}
          />
        )}
        <Field {...text("name", "name")} label={t("name")} placeholder={t(`nameExamples.${draft.kind}`)} maxLength={100} />
        {draft.kind === "pickup" &&
          (locations.length === 0 ? (
            <Idle>{t("noLocations")}</Idle>
          ) : (
            <Select
              name="locationId"
              label={t("location")}
              value={draft.locationId}
              onChange={(event) => set({ locationId: event.target.value })}
              problem={problem("locationId")}
            >
              {locations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          ))}
        {draft.kind === "by_weight" ? (
          <WeightSteps steps={draft.steps} currency={currency} problem={problem("weightSteps")} onChange={(steps) => set({ steps })} />
        ) : (
          <Field {...text("price", "priceMinor")} label={t("price", { currency })} hint={t("priceHint")} inputMode="decimal" />
        )}
        <Field
          {...text("freeFrom", "freeFromMinor")}
          label={t("freeFromLabel", { currency })}
          hint={t("freeFromHint")}
          inputMode="decimal"
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field {...text("daysMin", "daysMin")} label={t("daysMin")} inputMode="numeric" />
          <Field {...text("daysMax", "daysMax")} label={t("daysMax")} inputMode="numeric" />
        </div>
        <Field {...text("taxPercent", "taxPercent")} label={t("tax")} inputMode="decimal" />
        <Checkbox name="taxIncluded" checked={draft.taxIncluded} onChange={(event) => set({ taxIncluded: event.target.checked })}>
          {t("taxIncluded")}
        </Checkbox>
        <Unfolding title={t("translations")} isOpen={false}>
          <div className="space-y-4">
            {locales
              .filter((language) => language !== merchant.locale)
              .map((language) => (
                <Field
                  key={language}
                  name={`name.${language}`}
                  label={localeNames[language]}
                  lang={language}
                  maxLength={100}
                  value={draft.translations[language]?.name ?? ""}
                  onChange={({ target: { value } }) => set({ translations: { ...draft.translations, [language]: { name: value } } })}
                />
              ))}
          </div>
        </Unfolding>
        <SaveBar saving={saving} />
      </form>
    </Dialog>
  );
}
