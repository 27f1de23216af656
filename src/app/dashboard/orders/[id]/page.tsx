import { Printer, SquareArrowOutUpRight } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache, Suspense } from "react";
import { canBeAsked } from "#commands/inquiries/ask-payment.ts";
import { Refusal } from "#contracts/problem.ts";
import type { DeskOrder } from "#contracts/shop-desk/order.ts";
import { loadDeskOrder } from "#queries/shop-desk/order-page.ts";
import { loadOrderTimeline } from "#queries/shop-desk/order-timeline.ts";
import { Badge } from "#ui/badge.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ReversalQuestion } from "#ui/dashboard/reversal-question.tsx";
import { formatMoney, formatShort, regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Deliveries } from "../../bookings/[id]/deliveries.tsx";
import { Panel } from "../../bookings/[id]/panel.tsx";
import { Timeline } from "../../bookings/[id]/timeline.tsx";
import { requireMember } from "../../member.ts";
import { OrderBadge } from "../order-facts.tsx";
import { Customer } from "./customer.tsx";
import { Delivery } from "./delivery.tsx";
import { Lines } from "./lines.tsx";
import { OrderMoney } from "./money.tsx";
import { NextStep } from "./next-step.tsx";
import { Notes } from "./notes.tsx";
import { orderWords } from "./order-words.ts";

type PageProps = { params: Promise<{ id: string }> };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Another merchant's order is not found. */
const orderOf = cache(async (id: string) => {
  const { member, permissions } = await requireMember("orders.read");
  if (!uuid.test(id)) notFound();
  const viewer = { tenantId: member.tenantId, permissions };
  const order = await loadDeskOrder({ viewer, orderId: id }).catch((error: unknown) => {
    if (error instanceof Refusal) notFound();
    throw error;
  });
  return { viewer, order };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { order } = await orderOf((await params).id);
  const t = await getTranslations("orders.one");
  return { title: t("title", { number: order.number }) };
}

export default async function OrderPage({ params }: PageProps) {
  const { viewer, order } = await orderOf((await params).id);
  const t = await getTranslations("orders.one");
  const locale = regionalLocale(await getLocale(), order.country);
  const { timezone, payments } = order;
  const mayAsk = viewer.permissions.includes("payments.change");
  const askable = (mayAsk ? (payments ?? []) : []).filter(({ provider }) => canBeAsked(provider)).map(({ id }) => id);
  return (
    <ClientWords namespaces={["orders", "booking", "dashboard", "errors", "inquiries"]}>
      <PageHead
        title={t("title", { number: order.number })}
        lead={`${order.customer.name} · ${formatShort({ instant: order.paidAt, locale, timezone })}`}
        back={{ href: "/dashboard/orders", label: t("back") }}
        actions={<Badges order={order} />}
      />
      {order.may.answerReversal && <ReversalQuestion of="orders" id={order.id} outside={outsideOf(order, locale)} />}
      <NextStep order={order} locale={locale} />
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        {/* Two columns, or one in which the delivery comes before the money. */}
        <div className="contents min-w-0 space-y-5 lg:block">
          <div className="order-1 min-w-0">
            <Lines order={order} locale={locale} />
          </div>
          <div className="order-3 min-w-0">
            <OrderMoney order={order} askable={askable} locale={locale} />
          </div>
        </div>
        <div className="contents min-w-0 space-y-5 lg:block">
          <div className="order-2 min-w-0">
            <Delivery order={order} locale={locale} />
          </div>
          <div className="order-4 min-w-0 space-y-5">
            <Customer order={order} locale={locale} />
            <Notes order={order} locale={locale} />
          </div>
          <p className="order-5 flex flex-wrap gap-2">
            <Link href={`/dashboard/orders/${order.id}/slip`} prefetch={false} className={buttonStyles({ look: "outline" })}>
              <Printer aria-hidden className="size-5" />
              {t("slip")}
            </Link>
            {order.customersUrl && (
              <a href={order.customersUrl} target="_blank" rel="noreferrer" className={buttonStyles({ look: "outline" })}>
                <SquareArrowOutUpRight aria-hidden className="size-5" />
                {t("customersPage")}
              </a>
            )}
          </p>
        </div>
        <div className="order-6 min-w-0 space-y-5 lg:col-span-2">
          <Panel id="timeline" title={t("timeline")}>
            <Suspense fallback={<Skeleton className="h-40" />}>
              <Happened order={order} viewer={viewer} locale={locale} />
            </Suspense>
          </Panel>
          {order.may.seeDeliveries && (
            <Deliveries of="orders" id={order.id} mayChange={order.may.changeDeliveries} timezone={timezone} locale={locale} />
          )}
        </div>
      </div>
    </ClientWords>
  );
}

type Shown = { order: DeskOrder; locale: string };

async function Happened({ order, viewer, locale }: Shown & { viewer: Parameters<typeof loadOrderTimeline>[0]["viewer"] }) {
  const [{ events }, wordsOf] = await Promise.all([loadOrderTimeline({ viewer, orderId: order.id }), orderWords(locale)]);
  return <Timeline events={events} wordsOf={wordsOf} locale={locale} timezone={order.timezone} />;
}

async function Badges({ order }: { order: DeskOrder }) {
  const words = await getTranslations("booking.paymentStatus");
  return (
    <>
      <OrderBadge status={order.orderStatus} />
      {order.paymentStatus !== "paid" && <Badge data-testid="payment-status">{words(order.paymentStatus)}</Badge>}
    </>
  );
}

/** What the question is about, where the provider tells each part. */
function outsideOf({ outsideRefunds, money, totals }: DeskOrder, locale: string) {
  const sent = (outsideRefunds ?? []).filter(({ state }) => state !== "failed");
  if (sent.length === 0) return null;
  const amountMinor = sent.reduce((sum, part) => sum + part.amountMinor, 0);
  return { amount: formatMoney({ amountMinor, currency: totals.currency, locale }), isPart: money.leftMinor > 0 };
}
