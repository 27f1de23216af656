"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Customer, CustomerRestrictions } from "#contracts/customers/customers.ts";
import { customerReasonLengthMax } from "#contracts/customers/limits.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { formatShort } from "#ui/format.ts";
import { Panel } from "../../bookings/[id]/panel.tsx";

type Name = "fullPayment" | "blocked";
type RestrictionsProps = { customer: Customer; locale: string };

/** After no-shows: full payment first, then no online bookings at all. */
export function RestrictionsPanel({ customer, locale }: RestrictionsProps) {
  const t = useTranslations("customers.restrictions");
  return (
    <Panel id="restrictions" title={t("title")} hint={t("hint")}>
      {(["fullPayment", "blocked"] as const).map((name) => (
        <Restriction key={name} name={name} customer={customer} locale={locale} />
      ))}
    </Panel>
  );
}

const put = (id: string, json: CustomerRestrictions) => answerOf(api.customers[":id"].restrictions.$put({ param: { id }, json }));
const as = (name: Name, reason: string | null): CustomerRestrictions => ({ [name]: reason === null ? null : { reason } });

function Restriction({ name, customer, locale }: RestrictionsProps & { name: Name }) {
  const t = useTranslations("customers.restrictions");
  const toast = useToast();
  const saving = useSaving();
  const [isOpen, setIsOpen] = useState(false);
  const { id, timezone } = customer;
  const now = customer[name];
  const lift = () =>
    void saving.save(
      () => put(id, as(name, null)),
      () => toast(t(`${name}.lifted`), now ? () => put(id, as(name, now.reason)) : undefined),
    );
  return (
    <div className="space-y-2" data-testid={`restriction-${name}`}>
      <h3 className="font-medium">{t(`${name}.title`)}</h3>
      <p className="text-muted text-sm">{t(`${name}.text`)}</p>
      {now && (
        <p className="rounded-xl bg-paper p-3 text-sm">
          <span className="break-words">{now.reason}</span>
          <span className="block text-muted">{t("from", { date: formatShort({ instant: now.at, locale, timezone }) })}</span>
        </p>
      )}
      {now ? (
        <Button look="outline" onClick={lift} busyText={saving.isSaving ? t(`${name}.lift`) : undefined}>
          {t(`${name}.lift`)}
        </Button>
      ) : (
        <Button look="outline" onClick={() => setIsOpen(true)}>
          {t(`${name}.set`)}
        </Button>
      )}
      <Problem text={saving.problem} />
      {isOpen && <ReasonDialog name={name} customer={customer} onClose={() => setIsOpen(false)} />}
    </div>
  );
}

function ReasonDialog({ name, customer: { id, noShows }, onClose }: { name: Name; customer: Customer; onClose: () => void }) {
  const t = useTranslations("customers.restrictions");
  const toast = useToast();
  const saving = useSaving();
  const [isMissing, setIsMissing] = useState(false);

  function set(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    setIsMissing(reason === "");
    if (reason === "") return event.currentTarget.querySelector("textarea")?.focus();
    void saving.save(
      () => put(id, as(name, reason)),
      () => {
        toast(t(`${name}.done`), () => put(id, as(name, null)));
        onClose();
      },
    );
  }

  return (
    <Dialog isOpen onClose={onClose} title={t(`${name}.set`)} text={t(`${name}.text`)}>
      <form noValidate onSubmit={set} className="space-y-5">
        <TextArea
          name="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={customerReasonLengthMax}
          defaultValue={noShows > 0 ? t("afterNoShows", { count: noShows }) : ""}
          problem={isMissing ? t("reasonMissing") : undefined}
        />
        <SaveBar saving={saving} label={t(`${name}.set`)} />
      </form>
    </Dialog>
  );
}
