"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ShopSettings } from "#contracts/shop-desk/settings.ts";
import { Badge } from "#ui/badge.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Switch, TextArea } from "#ui/dashboard/controls.tsx";
import { CopyButton } from "#ui/dashboard/copy-button.tsx";
import { useFocusOnWrong, useLeaveWarning } from "#ui/dashboard/form/guards.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { NumberField } from "../settings/number-field.tsx";
import { Section } from "../settings/section.tsx";

type TextName = "sellerName" | "sellerTaxId" | "sellerAddress" | "returnsText";

/** An open shop says who sells, where, and how goods go back: the server refuses it otherwise. */
export function ShopForm({ shop }: { shop: ShopSettings }) {
  const t = useTranslations("shopDesk.shop");
  const words = useTranslations("dashboard");
  const toast = useToast();
  const saving = useSaving();
  const [saved, setSaved] = useState(shop);
  const [draft, setDraft] = useState(shop);
  const set = (change: Partial<ShopSettings>) => setDraft((now) => ({ ...now, ...change }));
  useLeaveWarning(JSON.stringify(draft) !== JSON.stringify(saved) && !saving.isSaving);
  useFocusOnWrong(saving.wrong);
  const text = (name: TextName) => ({
    name,
    label: t(`fields.${name}`),
    value: draft[name] ?? "",
    onChange: ({ target: { value } }: { target: { value: string } }) => set({ [name]: value || null }),
    problem: saving.wrong.includes(name) ? t(`problems.${name}`) : undefined,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const { address: _, ...json } = draft;
    void saving.save(
      () => answerOf(api.shop.$patch({ json: { ...json, version: saved.version } })),
      (now) => {
        toast(words("saved"));
        setSaved(now);
        setDraft(now);
      },
    );
  }

  return (
    <form noValidate onSubmit={submit} className="space-y-6" data-testid="shop-form">
      <Section title={t("open.title")}>
        <Switch
          id="isOpen"
          label={t("open.label")}
          hint={t(draft.isOpen ? "open.yes" : "open.no")}
          isOn={draft.isOpen}
          onChange={(isOpen) => set({ isOpen })}
        />
        <div className="rounded-xl bg-paper p-4">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {t("address")}
            <Badge className={saved.isOpen ? "bg-good-soft text-good" : "bg-warn-soft text-warn"}>
              {t(saved.isOpen ? "open.isOpen" : "open.isClosed")}
            </Badge>
          </p>
          <p className="mt-1 break-all font-mono text-sm">{saved.address}</p>
          <div className="mt-3 flex flex-wrap gap-2">
            <CopyButton text={saved.address} label={t("address")} />
            <a href={saved.address} target="_blank" rel="noreferrer" className={buttonStyles({ look: "outline" })}>
              <ExternalLink aria-hidden className="size-4" />
              {t("visit")}
            </a>
          </div>
        </div>
      </Section>
      <Section title={t("seller.title")}>
        <p className="text-muted">{t("seller.lead")}</p>
        <Field {...text("sellerName")} autoComplete="organization" maxLength={200} />
        <Field {...text("sellerTaxId")} hint={t("seller.taxIdHint")} autoComplete="off" maxLength={64} />
        <Field {...text("sellerAddress")} autoComplete="street-address" maxLength={300} />
        <TextArea {...text("returnsText")} hint={t("seller.returnsHint")} rows={6} maxLength={5000} />
      </Section>
      <Section title={t("buying.title")}>
        <NumberField
          name="holdMinutes"
          label={t("fields.holdMinutes")}
          hint={t("buying.holdHint")}
          value={draft.holdMinutes}
          onChange={(holdMinutes) => set({ holdMinutes })}
          problem={saving.wrong.includes("holdMinutes") ? t("problems.holdMinutes") : undefined}
        />
        <NumberField
          name="linesMax"
          label={t("fields.linesMax")}
          hint={t("buying.linesHint")}
          value={draft.linesMax}
          onChange={(linesMax) => set({ linesMax })}
          problem={saving.wrong.includes("linesMax") ? t("problems.linesMax") : undefined}
        />
      </Section>
      <SaveBar saving={saving} />
    </form>
  );
}
