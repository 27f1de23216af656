import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Refusal } from "#contracts/problem.ts";
import { loadOrderSessionAtDesk } from "#queries/shop-desk/order-sessions.ts";
import { timeNow } from "#queries/time-now.ts";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { formatMoney, formatShort, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Facts, Panel } from "../../../bookings/[id]/panel.tsx";
import { Payment } from "../../../bookings/[id]/payment-rows.tsx";
import { requireMember } from "../../../member.ts";
import { minutesLeft, SessionBadge } from "../session-cards.tsx";
import { EndSession } from "./end-session.tsx";

type PageProps = { params: Promise<{ id: string }> };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const sessionOf = cache(async (id: string) => {
  const { member, permissions } = await requireMember("orders.read");
  if (!uuid.test(id)) notFound();
  const session = await loadOrderSessionAtDesk({ viewer: { tenantId: member.tenantId, permissions }, id }).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
  return { session, mayEnd: permissions.includes("orders.change") && session.status === "active" };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { session } = await sessionOf((await params).id);
  const t = await getTranslations("orderSessions");
  return { title: t("one", { name: session.customer.name }) };
}

/** One order session: what it froze, how long it lives, and why it ended. */
export default async function OrderSessionPage({ params }: PageProps) {
  const { session, mayEnd } = await sessionOf((await params).id);
  const t = await getTranslations("orderSessions");
  const words = await getTranslations("orders.money");
  const { timezone, currency, endedBecause, orderNumber } = session;
  const locale = regionalLocale(await getLocale(), session.country);
  const left = minutesLeft(session, await timeNow());
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  const when = (instant: string) => formatShort({ instant, locale, timezone });
  return (
    <ClientWords namespaces={["orderSessions", "booking", "dashboard", "errors", "inquiries"]}>
      <PageHead
        title={<bdi>{session.customer.name}</bdi>}
        lead={session.customer.email}
        back={{ href: "/dashboard/orders/sessions", label: t("backToList") }}
        actions={<SessionBadge status={session.status} />}
      />
      <div className="mb-6 flex flex-wrap items-center gap-3">
        {left !== null && <p className="font-medium">{t("left", { minutes: left })}</p>}
        {endedBecause && <p data-testid="why">{t(`why.${endedBecause}`)}</p>}
        {orderNumber !== null && (
          <Link href={`/dashboard/orders/${session.id}`} prefetch={false} className={buttonStyles()}>
            {t("order", { number: orderNumber })}
          </Link>
        )}
        {mayEnd && <EndSession id={session.id} />}
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Panel id="lines" title={t("lines")}>
          <ul className="divide-y divide-line">
            {session.lines.map((line) => (
              <li key={line.variantId} className="flex justify-between gap-4 py-2">
                <span>
                  {line.quantity} × {line.title}
                  {line.variantTitle && ` · ${line.variantTitle}`}
                </span>
                <span className="tabular-nums">{amount(line.totalMinor)}</span>
              </li>
            ))}
          </ul>
          <p className="flex justify-between gap-4 border-line border-t pt-3 font-semibold text-lg">
            <span>{session.shipping?.name}</span>
            <span className="tabular-nums">{amount(session.totalMinor)}</span>
          </p>
        </Panel>
        <Panel id="details" title={t("details")}>
          <Facts
            lines={[
              { name: t("began"), value: when(session.createdAt) },
              { name: t(session.status === "active" ? "until" : "ended"), value: when(session.expiresAt) },
              { name: t("token"), value: <code className="break-all">{session.sessionToken}</code> },
              session.mpPreferenceId !== null && {
                name: t("preference"),
                value: <code className="break-all">{session.mpPreferenceId}</code>,
              },
            ]}
          />
          <ul className="space-y-3 empty:hidden">
            {session.payments?.map((payment) => (
              <Payment key={payment.id} payment={payment} mayAsk={false} timezone={timezone} locale={locale} whatPaid={words("whatPaid")} />
            ))}
          </ul>
        </Panel>
      </div>
    </ClientWords>
  );
}
