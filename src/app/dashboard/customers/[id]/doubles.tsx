"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Customer } from "#contracts/customers/customers.ts";
import { customerSearchLengthMax } from "#contracts/customers/limits.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";
import { formatShort } from "#ui/format.ts";
import { Panel } from "../../bookings/[id]/panel.tsx";
import { MergeDialog } from "./merge-dialog.tsx";

type Person = Pick<Customer["doubles"][number], "id" | "name" | "email" | "phone">;
const contactOf = ({ email, phone }: Person) => [email, phone].filter(Boolean).join(" · ");

/** Who may be the same person, and who was merged already. */
export function Doubles({ customer, locale }: { customer: Customer; locale: string }) {
  const t = useTranslations("customers.doubles");
  const [other, setOther] = useState<string | null>(null);
  const { id, doubles, merged, timezone } = customer;
  return (
    <Panel id="doubles" title={t("title")} hint={t("hint")}>
      {doubles.length === 0 && <p className="text-muted">{t("empty")}</p>}
      <ul className="space-y-3 empty:hidden">
        {doubles.map((double) => (
          <One key={double.id} person={double} onCompare={() => setOther(double.id)}>
            {double.why.map((why) => t(`why.${why}`)).join(" · ")}
          </One>
        ))}
      </ul>
      <Search ownId={id} onCompare={setOther} />
      {merged.length > 0 && (
        <section aria-labelledby="merged" className="space-y-2">
          <h3 id="merged" className="font-medium">
            {t("merged")}
          </h3>
          <ul className="space-y-3">
            {merged.map((double) => (
              <li key={double.id} className="rounded-xl bg-paper p-3 text-sm" data-testid="merged">
                <p className="break-words font-medium">
                  <bdi>{double.name}</bdi>
                </p>
                <p className="break-all text-muted">{contactOf(double)}</p>
                {double.at && <p className="text-muted">{formatShort({ instant: double.at, locale, timezone })}</p>}
                {double.mayUndo && <Undo keptId={id} goneId={double.id} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {other && <MergeDialog id={id} other={other} locale={locale} timezone={timezone} onClose={() => setOther(null)} />}
    </Panel>
  );
}

type OneProps = { person: Person; onCompare: () => void; children?: ReactNode };

function One({ person, onCompare, children }: OneProps) {
  const t = useTranslations("customers.doubles");
  return (
    <li className="rounded-xl bg-paper p-3 text-sm" data-testid="double">
      <p className="break-words font-medium">
        <bdi>{person.name}</bdi>
      </p>
      <p className="break-all text-muted">{contactOf(person)}</p>
      {children && <p className="text-muted">{children}</p>}
      <Button look="outline" className="mt-2" onClick={onCompare}>
        {t("compare")}
      </Button>
    </li>
  );
}

/** Somebody who is suggested by nothing. */
function Search({ ownId, onCompare }: { ownId: string; onCompare: (id: string) => void }) {
  const t = useTranslations("customers.doubles");
  const saving = useSaving();
  const [found, setFound] = useState<Person[] | null>(null);
  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("other") ?? "").trim();
    if (typed === "") return setFound(null);
    void saving.save(
      () => answerOf(api.customers.$get({ query: { search: typed, limit: "6" } })),
      ({ customers }) => setFound(customers.filter(({ id }) => id !== ownId)),
    );
  }
  return (
    <form noValidate onSubmit={search} className="space-y-3">
      <Field name="other" type="search" label={t("search")} maxLength={customerSearchLengthMax} autoComplete="off" />
      <Button type="submit" look="outline" busyText={saving.isSaving ? t("find") : undefined}>
        {t("find")}
      </Button>
      <Problem text={saving.problem} />
      <div aria-live="polite">
        {found?.length === 0 && <p className="text-muted">{t("notFound")}</p>}
        {found && found.length > 0 && (
          <ul className="space-y-3">
            {found.map((person) => (
              <One key={person.id} person={person} onCompare={() => onCompare(person.id)} />
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}

function Undo({ keptId, goneId }: { keptId: string; goneId: string }) {
  const t = useTranslations("customers.doubles");
  const toast = useToast();
  const saving = useSaving();
  const undo = () =>
    void saving.save(
      () => answerOf(api.customers[":id"].merge[":other"].$delete({ param: { id: keptId, other: goneId } })),
      () => toast(t("undone")),
    );
  return (
    <>
      <Button look="outline" className="mt-2" onClick={undo} busyText={saving.isSaving ? t("undo") : undefined}>
        {t("undo")}
      </Button>
      <Problem text={saving.problem} />
    </>
  );
}
