import Link from "next/link";
import { useMessages, useTranslations } from "next-intl";
import type { EventFilters } from "#contracts/merchant/audit.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";

/** A plain form: the filters stand in the address, which can be kept and passed on. */
export function Filters({ filters }: { filters: EventFilters }) {
  const t = useTranslations("audit.filters");
  const { actor: actors, group: groups } = useMessages().audit;
  const { actor, group, from, to, subject, kind } = filters;
  return (
    <form
      action="/dashboard/audit"
      aria-label={t("label")}
      className="mb-6 grid items-end gap-4 rounded-2xl border border-line bg-card p-4 sm:grid-cols-2 lg:grid-cols-4"
    >
      <Select name="actor" label={t("actor")} defaultValue={actor?.split(":")[0] ?? ""}>
        <option value="">{t("anybody")}</option>
        <option value="people">{t("people")}</option>
        {Object.entries(actors).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </Select>
      <Select name="group" label={t("group")} defaultValue={group ?? ""}>
        <option value="">{t("all")}</option>
        {Object.entries(groups).map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </Select>
      <Field type="date" name="from" label={t("from")} defaultValue={from} />
      <Field type="date" name="to" label={t("to")} defaultValue={to} />
      {subject && <input type="hidden" name="subject" value={subject} />}
      {kind && <input type="hidden" name="kind" value={kind} />}
      <div className="flex flex-wrap items-center gap-3 sm:col-span-2 lg:col-span-4">
        <button type="submit" className={buttonStyles()}>
          {t("apply")}
        </button>
        {Object.keys(filters).length > 0 && (
          <Link href="/dashboard/audit" className={buttonStyles({ look: "quiet" })}>
            {t("clear")}
          </Link>
        )}
        {subject && <p className="text-muted">{t("subject")}</p>}
      </div>
    </form>
  );
}
