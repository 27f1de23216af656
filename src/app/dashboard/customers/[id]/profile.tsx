"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Customer } from "#contracts/customers/customers.ts";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { Facts, Panel } from "../../bookings/[id]/panel.tsx";

type ProfileProps = { customer: Customer; locale: string };
const linkLook = "inline-flex min-h-11 items-center break-all text-brand-ink underline underline-offset-4";
const languages = ["es", "en", "fr", "pt"] as const;

/** How to reach them. */
export function Profile({ customer, locale }: ProfileProps) {
  const t = useTranslations("customers.profile");
  const [isOpen, setIsOpen] = useState(false);
  const { email, phone, contacts } = customer;
  const language = (code: string) => new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
  return (
    <Panel id="profile" title={t("title")}>
      <Facts
        lines={[
          {
            name: t("email"),
            value: email ? (
              <a href={`mailto:${email}`} className={linkLook}>
                {email}
              </a>
            ) : (
              "—"
            ),
          },
          {
            name: t("phone"),
            value: phone ? (
              <a href={`tel:${phone}`} className={linkLook}>
                {phone.replace(";ext=", " ext. ")}
              </a>
            ) : (
              "—"
            ),
          },
          { name: t("language"), value: language(customer.locale) },
          contacts.length > 0 && {
            name: t("others"),
            value: (
              <span className="break-all">{contacts.map(({ kind, value }) => (kind === "phone" ? `+${value}` : value)).join(", ")}</span>
            ),
          },
        ]}
      />
      {customer.mayChange && (
        <Button look="outline" onClick={() => setIsOpen(true)} data-testid="edit">
          {t("edit")}
        </Button>
      )}
      {isOpen && <EditDialog customer={customer} language={language} onClose={() => setIsOpen(false)} />}
    </Panel>
  );
}

type EditProps = { customer: Customer; language: (code: string) => string; onClose: () => void };

function EditDialog({ customer, language, onClose }: EditProps) {
  const t = useTranslations("customers.profile");
  const toast = useToast();
  const saving = useSaving();
  const { id, version } = customer;
  const problem = (name: string) => (saving.wrong.includes(name) ? (saving.problem ?? undefined) : undefined);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const locale = languages.find((code) => code === text("locale")) ?? "es";
    const json = { version, name: text("name"), email: text("email"), phone: text("phone"), locale };
    void saving.save(
      () => answerOf(api.customers[":id"].$patch({ param: { id }, json })),
      () => {
        toast(t("saved"));
        onClose();
      },
    );
  }

  return (
    <Dialog isOpen onClose={onClose} title={t("edit")} text={t("editText")}>
      <form noValidate onSubmit={save} className="space-y-5">
        <Field name="name" label={t("name")} defaultValue={customer.name} autoComplete="off" problem={problem("name")} />
        <Field
          name="email"
          type="email"
          label={t("email")}
          defaultValue={customer.email ?? ""}
          autoComplete="off"
          problem={problem("email")}
        />
        <Field
          name="phone"
          type="tel"
          label={t("phone")}
          defaultValue={customer.phone ?? ""}
          autoComplete="off"
          problem={problem("phone")}
        />
        <Select name="locale" label={t("language")} defaultValue={customer.locale}>
          {languages.map((code) => (
            <option key={code} value={code}>
              {language(code)}
            </option>
          ))}
        </Select>
        <SaveBar saving={saving} />
      </form>
    </Dialog>
  );
}
