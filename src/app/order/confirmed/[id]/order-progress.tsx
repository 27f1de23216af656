"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Order } from "#contracts/shop/order.ts";
import { classNames } from "#ui/class-names.ts";
import { formatShort } from "#ui/format.ts";

type OrderProgressProps = { order: Order; isPickup: boolean; locale: string; timezone: string };

/** Paid, packed, sent, delivered: how far it is, with the times. */
export function OrderProgress({ order, isPickup, locale, timezone }: OrderProgressProps) {
  const t = useTranslations("shopOrder.progress");
  const steps = [
    { name: t("paid"), at: order.paidAt },
    { name: t("packed"), at: order.packedAt },
    { name: t(isPickup ? "ready" : "sent"), at: order.sentAt },
    { name: t(isPickup ? "pickedUp" : "delivered"), at: order.deliveredAt },
  ];
  const reached = steps.findLastIndex(({ at }) => at !== null);
  const { carrier, trackingNumber, trackingUrl } = order;
  return (
    <div className="space-y-3">
      <ol aria-label={t("label")} data-testid="progress" data-status={order.orderStatus}>
        {steps.map(({ name, at }, index) => (
          <li key={name} aria-current={index === reached ? "step" : undefined} className="flex gap-3 pb-2 last:pb-0">
            <span
              aria-hidden
              className={classNames(
                "mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border-2",
                index <= reached ? "border-brand-ink bg-brand-ink text-card" : "border-edge",
              )}
            >
              {index <= reached && <Check className="size-3" strokeWidth={4} />}
            </span>
            <span className={index <= reached ? "font-medium" : "text-muted"}>
              {name}
              {at && <span className="ml-2 font-normal text-muted text-sm">{formatShort({ instant: at, locale, timezone })}</span>}
            </span>
          </li>
        ))}
      </ol>
      {(carrier || trackingNumber) && (
        <p className="text-[0.9375rem]" data-testid="tracking">
          {[carrier, trackingNumber].filter(Boolean).join(" · ")}{" "}
          {trackingUrl && (
            <a href={trackingUrl} target="_blank" rel="noopener noreferrer" className="text-brand-ink underline underline-offset-4">
              {t("track")}
              <span className="sr-only"> {t("newTab")}</span>
            </a>
          )}
        </p>
      )}
    </div>
  );
}
