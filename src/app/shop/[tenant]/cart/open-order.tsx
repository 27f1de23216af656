"use client";

import { useTranslations } from "next-intl";
import { orderAddress } from "#app/shop/address.ts";
import type { Cart } from "#contracts/shop/cart.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { secondsUntil } from "#ui/server-time.ts";
import { useServerTime } from "#ui/use-server-time.ts";
import { Countdown } from "#ui/wizard/countdown.tsx";

/** This cart is being paid: its goods are kept, and its page knows how it stands. */
export function OpenOrder({ paying, renderedAt }: { paying: NonNullable<Cart["paying"]>; renderedAt: number }) {
  const t = useTranslations("shopCart.open");
  const hasTimeLeft = secondsUntil(paying.expiresAt, useServerTime(renderedAt)) > 0;
  return (
    <Card className="mt-5 space-y-3 sm:p-6" data-testid="open-order">
      <p className="font-semibold">{t(hasTimeLeft ? "title" : "titleOver")}</p>
      {hasTimeLeft && <Countdown expiresAt={paying.expiresAt} renderedAt={renderedAt} />}
      <p className="text-muted">{t(hasTimeLeft ? "text" : "textOver")}</p>
      <a href={orderAddress(paying)} data-testid="to-order" className={buttonStyles({ look: "outline" })}>
        {t("show")}
      </a>
    </Card>
  );
}
