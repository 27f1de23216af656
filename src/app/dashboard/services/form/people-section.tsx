import Link from "next/link";
import { useTranslations } from "next-intl";
import { Checkbox } from "#ui/checkbox.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { FieldProblem } from "#ui/field.tsx";
import { Portrait } from "#ui/portrait.tsx";
import { type FormParts, FormSection, Idle } from "./section.tsx";

export type Giver = { id: string; name: string; photoUrl: string | null };

export type Venue = { id: string; name: string; isDefault: boolean };
type PeopleSectionProps = FormParts & { professionals: readonly Giver[]; locations: readonly Venue[] };

/** Who gives it, where, and whether customers see it. */
export function PeopleSection({ draft, set, problem, professionals, locations }: PeopleSectionProps) {
  const t = useTranslations("services.form");
  const { professionalIds: chosen } = draft;
  const choose = (id: string, isChosen: boolean) =>
    set("professionalIds", (isChosen ? [...chosen, id] : chosen.filter((other) => other !== id)).toSorted());
  return (
    <FormSection id="people" title={t("people.title")}>
      {professionals.length > 0 && (
        <fieldset>
          <legend className="mb-1 font-medium">{t("fields.professionalIds")}</legend>
          {professionals.map(({ id, name, photoUrl }) => (
            <Checkbox
              key={id}
              name={`professional-${id}`}
              checked={chosen.includes(id)}
              onChange={(event) => choose(id, event.target.checked)}
            >
              <span className="flex items-center gap-3">
                <Portrait name={name} photoUrl={photoUrl} />
                {name}
              </span>
            </Checkbox>
          ))}
          <FieldProblem name="professionalIds" problem={problem("professionalIds")} />
        </fieldset>
      )}
      {chosen.length === 0 && (
        <Idle>
          {t(professionals.length > 0 ? "people.nobody" : "people.none")}{" "}
          {professionals.length === 0 && (
            <Link href="/dashboard/professionals/new" className="font-medium text-brand-ink underline underline-offset-4">
              {t("people.addProfessional")}
            </Link>
          )}
        </Idle>
      )}
      {locations.length > 1 && (
        <Select
          name="locationId"
          label={t("fields.locationId")}
          value={draft.locationId}
          onChange={(event) => set("locationId", event.target.value)}
          problem={problem("locationId")}
        >
          {locations.map(({ id, name, isDefault }) => (
            <option key={id} value={isDefault ? "" : id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Checkbox name="online" checked={draft.online} onChange={(event) => set("online", event.target.checked)}>
        {t("fields.online")}
        <span className="block text-muted text-sm">{t("people.onlineHint")}</span>
      </Checkbox>
      <Checkbox name="active" checked={draft.active} onChange={(event) => set("active", event.target.checked)}>
        {t("fields.active")}
        <span className="block text-muted text-sm">{t("people.activeHint")}</span>
      </Checkbox>
    </FormSection>
  );
}
