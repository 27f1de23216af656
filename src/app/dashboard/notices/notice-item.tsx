"use client";

import {
  Ban,
  Banknote,
  BellRing,
  CalendarCheck,
  CalendarSync,
  Check,
  CircleAlert,
  HandCoins,
  Landmark,
  type LucideIcon,
  PackageMinus,
  Scale,
  ShoppingBag,
  Undo2,
  WebhookOff,
} from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Notice } from "#contracts/notices/notices.ts";
import { classNames } from "#ui/class-names.ts";
import { formatMoney, formatShort } from "#ui/format.ts";

const icons: Record<Notice["kind"], LucideIcon> = {
  "booking.paid": CalendarCheck,
  "booking.rescheduled": CalendarSync,
  "booking.cancelled": Ban,
  "booking.rest_paid": Banknote,
  "order.paid": ShoppingBag,
  "order.cancelled": Ban,
  "stock.low": PackageMinus,
  "refund_case.opened": Undo2,
  "refund_case.manual": HandCoins,
  "refund_case.failed": HandCoins,
  "refund_case.short_of_balance": HandCoins,
  "refund_case.withdrawn": Undo2,
  "payment.facts_differ": Scale,
  "payment.reversed": CircleAlert,
  "payment.restored": CircleAlert,
  "dispute.opened": Landmark,
  "dispute.changed": Landmark,
  "callback.disabled": WebhookOff,
  "attention.arose": BellRing,
};
const words = {
  "booking.paid": "paid",
  "booking.rescheduled": "moved",
  "booking.cancelled": "cancelled",
  "booking.rest_paid": "restPaid",
  "order.paid": "orderPaid",
  "order.cancelled": "orderCancelled",
  "stock.low": "stockLow",
  "refund_case.opened": "refundOpened",
  "refund_case.manual": "refundManual",
  "refund_case.failed": "refundFailed",
  "refund_case.short_of_balance": "refundShort",
  "refund_case.withdrawn": "refundWithdrawn",
  "payment.facts_differ": "factsDiffer",
  "payment.reversed": "reversed",
  "payment.restored": "restored",
  "dispute.opened": "disputeOpened",
  "dispute.changed": "disputeChanged",
  "callback.disabled": "callbackDisabled",
} as const;

type ItemProps = { notice: Notice; timezone: string; locale: string; onRead: () => void; onOpen: () => void };

export function NoticeItem({ notice, timezone, locale, onRead, onOpen }: ItemProps) {
  const t = useTranslations("notices");
  const { kind, at, isRead } = notice;
  const Icon = icons[kind];
  return (
    <li className="flex items-start gap-1" data-kind={kind} data-read={isRead}>
      <Link
        href={addressOf(notice)}
        prefetch={false}
        onClick={onOpen}
        className={classNames("flex min-w-0 grow gap-3 rounded-xl p-3 hover:bg-paper", !isRead && "font-medium")}
      >
        <Icon aria-hidden className={classNames("mt-0.5 size-5 shrink-0", isRead ? "text-muted" : "text-brand-ink")} />
        <span className="min-w-0 break-words">
          {!isRead && <span className="sr-only">{t("isUnread")} </span>}
          <Sentence notice={notice} timezone={timezone} locale={locale} />
          <span className="block font-normal text-muted text-sm">{formatShort({ instant: at, locale, timezone })}</span>
        </span>
      </Link>
      {!isRead && (
        <button
          type="button"
          onClick={onRead}
          className="mt-1 inline-flex size-11 shrink-0 items-center justify-center rounded-xl text-muted hover:bg-paper hover:text-ink"
        >
          <Check aria-hidden className="size-5" />
          <span className="sr-only">{t("read")}</span>
        </button>
      )}
    </li>
  );
}

function Sentence({ notice, timezone, locale }: Pick<ItemProps, "notice" | "timezone" | "locale">) {
  const t = useTranslations("notices.what");
  const { kind, booking, order, product, money, arisen } = notice;
  if (kind === "attention.arose") return <>{t(`arisen.${arisen ?? "follow_up_failed"}`)}</>;
  const values = {
    customer: booking?.customerName ?? order?.customerName ?? "",
    number: order?.number ?? 0,
    product: product?.title ?? "",
    count: product?.left ?? 0,
    service: booking?.serviceName ?? "",
    professional: booking?.professionalName ?? "",
    when: booking ? formatShort({ instant: booking.start, locale, timezone }) : "",
    amount: money ? formatMoney({ ...money, locale }) : "",
  };
  if (kind === "order.paid" || kind === "order.cancelled") return <>{t(`${words[kind]}.${order ? "order" : "other"}`, values)}</>;
  if (kind === "stock.low") return <>{t(`stockLow.${product ? "product" : "other"}`, values)}</>;
  if (kind === "payment.reversed" && order) return <>{t("reversed.order", values)}</>;
  return <>{t(`${words[kind]}.${booking || order ? "booking" : "other"}`, values)}</>;
}

function addressOf({ kind, booking, order, product }: Notice): string {
  if (kind === "callback.disabled") return "/dashboard/settings/callbacks";
  if (kind === "attention.arose" || kind.startsWith("refund_case.")) return "/dashboard/money";
  if (order) return order.number === null ? "/dashboard/money" : `/dashboard/orders/${order.id}`;
  if (kind === "stock.low") return product ? `/dashboard/products/${product.id}` : "/dashboard/products";
  return booking ? `/dashboard/bookings/${booking.id}` : "/dashboard/bookings";
}
