"use client";

import { useTranslations } from "next-intl";
import type { BookingState } from "#contracts/checkout.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { Card } from "#ui/card.tsx";
import { formatMoney } from "#ui/format.ts";
import { AskedPayment } from "./asked-payment.tsx";

type RestToPayProps = {
  booking: { id: string; token: string };
  state: BookingState;
  rest: NonNullable<BookingState["rest"]>;
  offers: readonly PaymentOffer[];
  locale: string;
};

/** What was paid and what is open, and the way to pay it where the merchant has asked for it. */
export function RestToPay({ booking, state, rest, offers, locale }: RestToPayProps) {
  const t = useTranslations("confirm.rest");
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: state.currency, locale });
  const amount = money(rest.amountMinor);
  return (
    <section aria-labelledby="rest-title" data-testid="rest" data-state={rest.state} className="space-y-4">
      <Card>
        <h2 id="rest-title" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <p className="mt-1" role="status">
          {t(rest.state, { amount, paid: money(state.amountMinor) })}
        </p>
      </Card>
      {rest.state === "asked" && (
        <AskedPayment
          {...{ booking, offers, amount, locale }}
          amountMinor={rest.amountMinor}
          state={{ ...state, mustAcceptTerms: rest.mustAcceptTerms }}
          endsAt={null}
        />
      )}
    </section>
  );
}
