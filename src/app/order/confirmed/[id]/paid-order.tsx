"use client";

import { Download, Mail, MapPin, Printer, Truck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { receiptAddress, shopAddress } from "#app/shop/address.ts";
import { useDaysWords } from "#app/shop/days-words.ts";
import type { OrderSessionState } from "#contracts/shop/order-session.ts";
import { Alert } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { RefundWords } from "#ui/wizard/refund-words.tsx";
import { Where } from "#ui/wizard/where.tsx";
import { OrderProgress } from "./order-progress.tsx";

type PaidOrderProps = {
  order: { id: string; token: string };
  state: OrderSessionState;
  amount: string;
  locale: string;
  merchantLocale: string | undefined;
  isLeaving: boolean;
};

/** What happens next, where it goes, and the receipt. */
export function PaidOrder({ order, state, amount, locale, merchantLocale, isLeaving }: PaidOrderProps) {
  const t = useTranslations("shopOrder.next");
  const { shipping, order: made } = state;
  const days = useDaysWords()(shipping ?? { daysMin: null, daysMax: null });
  const isPickup = shipping?.kind === "pickup";
  return (
    <>
      <Card className="space-y-4" aria-labelledby="next">
        <h2 id="next" className="font-semibold text-lg">
          {t("title")}
        </h2>
        {made && shipping && <OrderProgress order={made} isPickup={isPickup} locale={locale} timezone={state.timezone} />}
        <Line icon={<Mail aria-hidden className={iconLook} />}>{t("mail", { email: state.customerEmail })}</Line>
        {shipping && !isPickup && (
          <Line icon={<Truck aria-hidden className={iconLook} />}>
            {shipping.name}
            {days && `. ${t("thereIn", { days })}`}
          </Line>
        )}
        {state.address && <Address address={state.address} />}
        {isPickup && (
          <div>
            <Line icon={<MapPin aria-hidden className={iconLook} />}>{days ? t("pickupIn", { days }) : t("pickup")}</Line>
            {shipping.place && (
              <div className="mt-2 pl-8">
                <Where place={shipping.place} isOnline={false} merchantLocale={merchantLocale} />
              </div>
            )}
          </div>
        )}
        {state.cartItems.some(({ isDigital }) => isDigital) && (
          <Line icon={<Download aria-hidden className={iconLook} />}>{t("digital")}</Line>
        )}
        <a href={receiptAddress(order)} data-testid="receipt" className={buttonStyles({ look: "outline", wide: true })}>
          <Printer aria-hidden className="size-5" />
          {t("receipt")}
        </a>
      </Card>
      {state.refund && (
        <Alert>
          <RefundWords stands words="shopOrder.refund" state={state} amount={amount} locale={locale} className="space-y-2" />
        </Alert>
      )}
      {state.returnUrl && !isLeaving ? (
        <a href={state.returnUrl} data-testid="return" className={buttonStyles({ look: "outline", wide: true })}>
          {t("return", { tenant: state.shopName })}
        </a>
      ) : (
        <a href={shopAddress(state.shop)} className={buttonStyles({ look: "quiet", className: "-ml-3" })}>
          {t("toShop")}
        </a>
      )}
    </>
  );
}

const iconLook = "mt-0.5 size-5 shrink-0 text-brand-ink";

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-3">
      {icon}
      <span className="min-w-0">{children}</span>
    </p>
  );
}

function Address({ address }: { address: NonNullable<OrderSessionState["address"]> }) {
  const t = useTranslations("shopOrder.next");
  const { firstName, lastName, address: street, city, region, postalCode } = address;
  return (
    <div className="flex gap-3" data-testid="address">
      <MapPin aria-hidden className={iconLook} />
      <p className="min-w-0">
        <span className="sr-only">{t("address")} </span>
        <span className="block font-medium">
          {firstName} {lastName}
        </span>
        <span className="block">{street}</span>
        <span className="block">{[postalCode, city, region].filter(Boolean).join(", ")}</span>
      </p>
    </div>
  );
}
