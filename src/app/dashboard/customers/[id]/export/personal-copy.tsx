"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { PersonalExport } from "#contracts/customers/personal-export.ts";
import { Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { formatMoney, formatShort } from "#ui/format.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import { useErrorText } from "#ui/use-error-text.ts";
import { Facts, Panel } from "../../../bookings/[id]/panel.tsx";

type CopyProps = { id: string; locale: string; timezone: string };
type Booking = PersonalExport["bookings"][number];

/** Asked for once the page is there: the audit log has each copy, and a prefetch is none. */
export function PersonalCopy({ id, locale, timezone }: CopyProps) {
  const t = useTranslations("customers.copy");
  const errorText = useErrorText();
  const isAsked = useRef(false);
  const [data, setData] = useState<PersonalExport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    answerOf(api.customers[":id"].export.$get({ param: { id } })).then(setData, (error: unknown) => setProblem(errorText(error)));
  }, [id, errorText]);
  if (!data) return problem ? <Problem text={problem} /> : <Skeleton className="h-60" />;
  const at = (instant: string) => formatShort({ instant, locale, timezone });
  const { customer, merchant, bookings, notes, madeAt } = data;
  return (
    <div className="space-y-5" data-testid="personal-copy">
      <Button look="outline" onClick={() => window.print()} className="print:hidden">
        {t("print")}
      </Button>
      <Panel id="person" title={customer.name}>
        <Facts
          lines={[
            { name: t("keptBy"), value: merchant.controller ?? merchant.name },
            { name: t("madeAt"), value: at(madeAt) },
            { name: t("email"), value: customer.email ?? "—" },
            { name: t("phone"), value: customer.phone ?? "—" },
            { name: t("language"), value: customer.locale },
            { name: t("since"), value: at(customer.since) },
            customer.contacts.length > 0 && { name: t("others"), value: customer.contacts.map(({ value }) => value).join(", ") },
            customer.blocked && { name: t("blocked"), value: customer.blocked.reason },
            customer.fullPayment && { name: t("fullPayment"), value: customer.fullPayment.reason },
          ]}
        />
        <Notes notes={notes} at={at} />
      </Panel>
      {bookings.map((booking) => (
        <CopiedBooking key={booking.id} booking={booking} at={at} locale={locale} />
      ))}
    </div>
  );
}

function CopiedBooking({ booking, at, locale }: { booking: Booking; at: (instant: string) => string; locale: string }) {
  const t = useTranslations("customers.copy");
  const words = useTranslations("booking.answers");
  const money = (one: { amountMinor: number; currency: string }) => formatMoney({ ...one, locale });
  const said = (answer: string) => (answer === "yes" || answer === "no" ? words(answer) : answer);
  return (
    <Panel id={booking.id} title={`${booking.service} · ${at(booking.start)}`}>
      <Facts
        lines={[
          { name: t("professional"), value: booking.professional },
          { name: t("status"), value: booking.attendance ? `${booking.status}, ${booking.attendance}` : booking.status },
          { name: t("given"), value: [booking.name, booking.email, booking.phone].join(" · ") },
          { name: t("bookedAt"), value: at(booking.createdAt) },
          booking.acceptedTermsAt !== null && { name: t("termsAt"), value: at(booking.acceptedTermsAt) },
          booking.timezone !== null && { name: t("timezone"), value: booking.timezone },
          booking.campaign !== null && { name: t("campaign"), value: Object.values(booking.campaign).join(", ") },
          ...booking.answers.map(({ question, answer }) => ({ name: question, value: said(answer) })),
          ...booking.payments.map((payment) => ({
            name: t("payment"),
            value: `${money(payment)} · ${payment.provider} · ${payment.status} · ${payment.reference} · ${at(payment.createdAt)}`,
          })),
          ...booking.refunds.map((refund) => ({
            name: t("refund"),
            value: `${money(refund)} · ${refund.reason} · ${refund.state} · ${at(refund.createdAt)}`,
          })),
        ]}
      />
      <Notes notes={booking.notes} at={at} />
    </Panel>
  );
}

function Notes({ notes, at }: { notes: { at: string; text: string }[]; at: (instant: string) => string }) {
  const t = useTranslations("customers.notes");
  if (notes.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium">{t("title")}</h3>
      <ul className="mt-1 space-y-1">
        {notes.map(({ at: instant, text }) => (
          <li key={`${instant} ${text}`} className="break-words">
            {at(instant)}: {text}
          </li>
        ))}
      </ul>
    </section>
  );
}
