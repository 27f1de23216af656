"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Location } from "#contracts/settings/tenant.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";

type LocationDialogProps = { location: Location | null; services: readonly { id: string; name: string }[]; onClose: () => void };
type Draft = Pick<Location, "name" | "address" | "directions" | "mapUrl" | "phone" | "whatsapp" | "email" | "serviceIds">;
type TextName = Exclude<keyof Draft, "serviceIds">;

const empty: Draft = { name: "", address: "", directions: "", mapUrl: null, phone: null, whatsapp: null, email: null, serviceIds: [] };
const nullable: readonly TextName[] = ["mapUrl", "phone", "whatsapp", "email"];

export function LocationDialog({ location, services, onClose }: LocationDialogProps) {
  const t = useTranslations("settings.locations");
  const problems = useTranslations("settings.problems");
  const saving = useSaving();
  const toast = useToast();
  const [draft, setDraft] = useState<Draft>(() => (location ? draftOf(location) : empty));
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const text = (name: TextName) => ({
    name,
    label: t(name),
    value: draft[name] ?? "",
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value || (nullable.includes(name) ? null : "") }),
    problem: saving.wrong.includes(name) ? problems(name) : undefined,
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    void saving.save(
      () =>
        location
          ? answerOf(api.locations[":id"].$patch({ param: { id: location.id }, json: { ...draft, version: location.version } }))
          : answerOf(api.locations.$post({ json: draft })),
      ({ name }) => {
        toast(t("added", { name }));
        onClose();
      },
    );
  }

  return (
    <Dialog isOpen onClose={onClose} title={location ? t("edit") : t("add")}>
      <form noValidate onSubmit={submit} className="space-y-5">
        <Field {...text("name")} placeholder={t("namePlaceholder")} />
        <Field {...text("address")} autoComplete="street-address" />
        <TextArea {...text("directions")} hint={t("directionsHint")} rows={2} />
        <Field {...text("mapUrl")} hint={t("mapUrlHint")} inputMode="url" autoComplete="off" />
        <Field {...text("phone")} type="tel" autoComplete="tel" />
        <Field {...text("whatsapp")} type="tel" autoComplete="off" />
        <Field {...text("email")} type="email" autoComplete="email" />
        <fieldset>
          <legend className="font-medium">{t("services")}</legend>
          {services.length === 0 && <p className="text-muted text-sm">{t("servicesNone")}</p>}
          {services.map(({ id, name }) => (
            <Checkbox
              key={id}
              name={`service-${id}`}
              checked={draft.serviceIds.includes(id)}
              onChange={({ target }) =>
                set({ serviceIds: target.checked ? [...draft.serviceIds, id] : draft.serviceIds.filter((each) => each !== id) })
              }
            >
              {name}
            </Checkbox>
          ))}
          {services.length > 0 && <p className="text-muted text-sm">{t("defaultHint")}</p>}
        </fieldset>
        <SaveBar saving={saving} />
      </form>
    </Dialog>
  );
}

function draftOf({ name, address, directions, mapUrl, phone, whatsapp, email, serviceIds }: Location): Draft {
  return { name, address, directions, mapUrl, phone, whatsapp, email, serviceIds };
}
