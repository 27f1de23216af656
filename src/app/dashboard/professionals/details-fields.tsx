"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Professional } from "#contracts/professionals.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { PictureField } from "#ui/dashboard/picture-field.tsx";
import { Field } from "#ui/field.tsx";
import type { WeekStart } from "#ui/openings/week.ts";
import { ZoneSelect } from "#ui/openings/zone-select.tsx";

export type Details = {
  name: string;
  photoUrl: string;
  description: string;
  email: string;
  timezone: string;
  serviceIds: readonly string[];
};
export type Choices = {
  zones: readonly string[];
  tenantZone: string;
  weekStart: WeekStart;
  services: readonly { id: string; name: string }[];
};

const fields = ["name", "photoUrl", "description", "email", "timezone", "serviceIds"] as const;

export const noDetails: Details = { name: "", photoUrl: "", description: "", email: "", timezone: "", serviceIds: [] };
export function detailsOf({ name, photoUrl, description, email, timezone, serviceIds }: Professional): Details {
  return { name, photoUrl: photoUrl ?? "", description, email: email ?? "", timezone: timezone ?? "", serviceIds };
}
/** As the API takes them: what is empty is nothing. */
export function asFields({ photoUrl, email, timezone, serviceIds, ...rest }: Details) {
  const none = (text: string) => text.trim() || null;
  return { ...rest, photoUrl: none(photoUrl), email: none(email), timezone: none(timezone), serviceIds: [...serviceIds] };
}

type DetailsFieldsProps = { details: Details; onChange: (details: Details) => void; wrong: readonly string[]; choices: Choices };

export function DetailsFields({ details, onChange, wrong, choices }: DetailsFieldsProps) {
  const t = useTranslations("professionals.details");
  const set = (part: Partial<Details>) => onChange({ ...details, ...part });
  const problem = (field: (typeof fields)[number]) =>
    wrong.some((path) => path === field || path.startsWith(`${field}.`)) ? t(`problems.${field}`) : undefined;
  const text = (field: "name" | "description" | "email") => ({
    name: field,
    value: details[field],
    problem: problem(field),
    onChange: ({ target }: { target: { value: string } }) => set({ [field]: target.value }),
    dir: "auto" as const,
  });
  return (
    <div className="space-y-5">
      <Field {...text("name")} label={t("name")} hint={t("nameHint")} autoComplete="off" required maxLength={100} />
      <PictureField
        name="photoUrl"
        label={t("photo")}
        hint={t("photoHint")}
        url={details.photoUrl || null}
        onChange={(url) => set({ photoUrl: url ?? "" })}
        problem={problem("photoUrl")}
      />
      <TextArea {...text("description")} label={t("description")} hint={t("descriptionHint")} maxLength={2000} />
      <Field {...text("email")} label={t("email")} hint={t("emailHint")} type="text" inputMode="email" autoComplete="off" dir="ltr" />
      <ZoneSelect
        zones={choices.zones}
        tenantZone={choices.tenantZone}
        value={details.timezone}
        onChange={(timezone) => set({ timezone })}
        problem={problem("timezone")}
      />
      <Services details={details} onChange={set} services={choices.services} problem={problem("serviceIds")} />
    </div>
  );
}

type ServicesProps = {
  details: Details;
  onChange: (part: Partial<Details>) => void;
  services: Choices["services"];
  problem: string | undefined;
};

function Services({ details: { serviceIds }, onChange, services, problem }: ServicesProps) {
  const t = useTranslations("professionals.details");
  const toggle = (id: string, isOn: boolean) =>
    onChange({ serviceIds: isOn ? [...serviceIds, id] : serviceIds.filter((each) => each !== id) });
  return (
    <fieldset>
      <legend className="font-medium">{t("services")}</legend>
      {services.length === 0 && (
        <p className="mt-1 text-muted">
          {t("servicesNone")}{" "}
          <Link href="/dashboard/services/new" className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4">
            {t("createService")}
          </Link>
        </p>
      )}
      <div className="grid gap-x-6 sm:grid-cols-2">
        {services.map(({ id, name }) => (
          <label key={id} className="flex min-h-11 items-start gap-3 py-2.5">
            <input
              type="checkbox"
              className="mt-0.5 size-5 shrink-0 accent-(--brand-ink)"
              checked={serviceIds.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            <span dir="auto" className="min-w-0 break-words">
              {name}
            </span>
          </label>
        ))}
      </div>
      {problem && <p className="font-medium text-bad text-sm">{problem}</p>}
    </fieldset>
  );
}
