"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { withQuery } from "#app/book/address.ts";
import type { BookingLink } from "#contracts/links/links.ts";
import type { LinkChoices } from "#queries/links/link-choices.ts";
import { Alert } from "#ui/alert.tsx";
import { newIdempotencyKey } from "#ui/api.ts";
import { Card } from "#ui/card.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { PhonePreview } from "../phone-preview.tsx";

type LinkFormProps = {
  /** Null for a new one. */
  link: BookingLink | null;
  choices: LinkChoices;
  /** The day of its end, in the merchant's zone. */
  lastDay: string;
  /** Where addresses begin: `https://citas.example.com/book/`. */
  prefix: string;
  /** A live booking page that may be framed. Null while there is none. */
  preview: string | null;
};

export function LinkForm({ link, choices, lastDay, prefix, preview }: LinkFormProps) {
  const t = useTranslations("links.form");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const [serviceId, setServiceId] = useState(link?.serviceId ?? "");
  const [professionalId, setProfessionalId] = useState(link?.professionalId ?? "");
  // One for each form, so that a repeat after a lost answer makes no second link.
  const key = useRef<string>(undefined);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const expiresAt = text("expiresAt") === lastDay && link ? link.expiresAt : text("expiresAt") || null;
    const fields = { name: text("name"), serviceId: serviceId || null, professionalId: professionalId || null, expiresAt };
    if (link) {
      const json = { ...fields, version: link.version, isActive: form.get("isActive") === "on" };
      void saving.save(
        () => answerOf(api["booking-links"][":id"].$patch({ param: { id: link.id }, json })),
        () => toast(t("saved")),
      );
      return;
    }
    key.current ??= newIdempotencyKey();
    const header = { "idempotency-key": key.current };
    const json = { ...fields, ...(text("publicId") && { publicId: text("publicId") }) };
    const create = () =>
      answerOf(api["booking-links"].$post({ json, header })).catch((error: unknown) => {
        // Refusals are not kept under a key, but another request under the same key would be one.
        key.current = undefined;
        throw error;
      });
    void saving.save(create, ({ id }) => router.push(`/dashboard/links/${id}/edit`));
  }

  const wrong = (name: string) => saving.wrong.includes(name) || undefined;
  const service = choices.services.find(({ id }) => id === serviceId);
  const professional = choices.professionals.find(({ id }) => id === professionalId);
  const doesNotGive = service && professional && !service.professionalIds.includes(professional.id);
  const shown = preview && withChoice(preview, { service: serviceId, professional: professionalId });
  return (
    <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_auto]">
      <Card>
        <form noValidate onSubmit={save} className="space-y-6" aria-label={t(link ? "editTitle" : "newTitle")}>
          <Field
            name="name"
            label={t("name")}
            hint={t("nameHint")}
            defaultValue={link?.name}
            maxLength={100}
            problem={wrong("name") && t("nameProblem")}
          />
          <Choice name="serviceId" label={t("service")} items={choices.services} value={serviceId} onChange={setServiceId} />
          <Choice
            name="professionalId"
            label={t("professional")}
            hint={t("skips")}
            items={choices.professionals}
            value={professionalId}
            onChange={setProfessionalId}
          />
          {doesNotGive && (
            <Alert tone="warn">
              <p>{t("doesNotGive", { service: service.name, professional: professional.name })}</p>
            </Alert>
          )}
          <Field
            name="expiresAt"
            type="date"
            label={t("expires")}
            hint={t("expiresHint", { zone: choices.timezone })}
            defaultValue={lastDay}
            problem={wrong("expiresAt") && t("expiresProblem")}
          />
          {link ? (
            <div>
              <Checkbox name="isActive" defaultChecked={link.isActive}>
                {t("active")}
              </Checkbox>
              <p className="text-muted text-sm">{t("activeHint")}</p>
            </div>
          ) : (
            <Field
              name="publicId"
              label={t("publicId")}
              hint={t("publicIdHint", { prefix })}
              maxLength={64}
              autoCapitalize="none"
              spellCheck={false}
              problem={wrong("publicId") && t("publicIdProblem")}
            />
          )}
          <SaveBar saving={saving} {...(link ? {} : { label: t("create") })} />
        </form>
      </Card>
      <PhonePreview address={shown} />
    </div>
  );
}

/** What is chosen here shows at once, before it is saved. */
function withChoice(preview: string, choice: Record<string, string>): string {
  const [path = preview, search] = preview.split("?");
  return withQuery(path, { ...Object.fromEntries(new URLSearchParams(search)), ...choice });
}

type ChoiceProps = {
  name: string;
  label: string;
  hint?: string;
  items: readonly { id: string; name: string; isArchived: boolean }[];
  value: string;
  onChange: (id: string) => void;
};

/** An archived one is offered only where it is chosen already. */
function Choice({ name, label, hint, items, value, onChange }: ChoiceProps) {
  const t = useTranslations("links");
  return (
    <Select name={name} label={label} hint={hint} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t("form.any")}</option>
      {items
        .filter(({ id, isArchived }) => !isArchived || id === value)
        .map((item) => (
          <option key={item.id} value={item.id}>
            {item.isArchived ? t("gone", { name: item.name }) : item.name}
          </option>
        ))}
    </Select>
  );
}
