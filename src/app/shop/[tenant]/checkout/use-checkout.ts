"use client";

import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { campaignOfShop, cartAddress } from "#app/shop/address.ts";
import { ApiProblem, newIdempotencyKey } from "#ui/api.ts";
import { useRestored } from "#ui/fresh/use-restored.ts";
import { isLocale, sourceLocale } from "#ui/i18n/locales.ts";
import { type OrderRequestBody, postCheckout } from "#ui/shop/api.ts";
import { useErrorText } from "#ui/use-error-text.ts";
import { keptCampaign } from "#ui/wizard/kept-campaign.ts";
import type { OfferChosen, PaymentChoice } from "#ui/wizard/use-offer.ts";
import { type CheckoutValues, fieldNames } from "./checkout-values.ts";
import type { OwnQuote } from "./use-quote.ts";

type Given = {
  form: UseFormReturn<CheckoutValues>;
  own: OwnQuote;
  paying: OfferChosen;
  needsAddress: boolean;
  language: string;
};
export type Checkout = ReturnType<typeof useCheckout>;

/** The last click. What is refused is said where it is, and nothing that was typed is lost. */
export function useCheckout({ form, own, paying, needsAddress, language }: Given) {
  const t = useTranslations("shopCheckout");
  const errorText = useErrorText();
  // Stays true while the payment page loads, so that a second press makes no second order.
  const [isSending, setIsSending] = useState(false);
  useRestored(useCallback(() => setIsSending(false), []));
  const [problem, setProblem] = useState<string | null>(null);
  const [deliveryProblem, setDeliveryProblem] = useState<string | undefined>();
  /** The sum that was shown before it changed. */
  const [totalBefore, setTotalBefore] = useState<number | null>(null);
  const { quote } = own;

  const hasDelivery = !quote.cart.needsShipping || quote.shipping !== null;
  const lookAtDelivery = () => {
    if (hasDelivery) return;
    setDeliveryProblem(t("delivery.missing"));
    if (Object.keys(form.formState.errors).length === 0) focusDelivery();
  };

  async function send(values: CheckoutValues) {
    const choice = quote.totals.totalMinor === 0 ? {} : paying.check();
    lookAtDelivery();
    if (isSending || choice === null || !hasDelivery) return;
    setIsSending(true);
    setProblem(null);
    setTotalBefore(null);
    try {
      const body = requestOf(values, { own, choice, needsAddress, language });
      const { checkoutUrl } = await postCheckout(quote.cart.id, body, newIdempotencyKey());
      window.location.assign(checkoutUrl);
    } catch (error) {
      await show(error instanceof ApiProblem ? error : new ApiProblem("internal"));
      setIsSending(false);
    }
  }

  async function show(error: ApiProblem) {
    const { code } = error;
    if (["cart_finished", "cart_unknown", "cart_empty"].includes(code)) return window.location.assign(cartAddress(quote.shop.slug));
    const wrong = wrongFields(error);
    for (const [index, { name, type }] of wrong.entries()) form.setError(name, { type }, { shouldFocus: index === 0 });
    if (wrong.length > 0) return;
    if (["shipping_required", "shipping_unknown", "too_heavy"].includes(code)) {
      await own.reload().catch(() => null);
      setDeliveryProblem(errorText(error));
      return focusDelivery();
    }
    if (["cart_changed", "out_of_stock", "quantity_limit"].includes(code) || code.startsWith("discount_")) {
      // The page then shows what is no longer so, and asks for it to be accepted.
      const now = await own.reload().catch(() => null);
      if (now && now.totals.totalMinor !== quote.totals.totalMinor) setTotalBefore(quote.totals.totalMinor);
      if (now && now.cart.changes.length > 0) return;
    }
    setProblem(code.startsWith("discount_") ? `${errorText(error)} ${t("dropCode")}` : errorText(error));
  }

  return {
    send,
    lookAtDelivery,
    isSending,
    problem,
    totalBefore,
    deliveryProblem,
    async chooseDelivery(id: string) {
      setDeliveryProblem(undefined);
      const refused = await own.chooseDelivery(id);
      if (refused) setDeliveryProblem(errorText(refused));
    },
  };
}

type Sending = Pick<Given, "own" | "needsAddress" | "language"> & { choice: PaymentChoice };

function requestOf(values: CheckoutValues, { own, choice, needsAddress, language }: Sending): OrderRequestBody {
  const { quote } = own;
  const campaign = keptCampaign(campaignOfShop(quote.shop.slug));
  const { firstName, lastName, email, phone, address, city, region, postalCode, country, note } = values;
  return {
    customer: { name: `${firstName} ${lastName}`, email, phone },
    acceptedTerms: true,
    ...choice,
    ...(needsAddress && {
      address: { ...receiverOf(values), address, city, region: region || null, postalCode: postalCode || null, country },
    }),
    ...(quote.shipping && { shipping: quote.shipping }),
    locale: isLocale(language) ? language : sourceLocale,
    ...(note && { note }),
    ...(campaign && { campaign }),
    seen: {
      totalMinor: quote.totals.totalMinor,
      lines: quote.cart.lines.map(({ variantId, quantity, unitPriceMinor }) => ({ variantId, quantity, unitPriceMinor })),
    },
  };
}

function receiverOf({ isForOther, firstName, lastName, receiverFirstName, receiverLastName, receiverPhone }: CheckoutValues) {
  if (!isForOther) return { firstName, lastName };
  return { firstName: receiverFirstName, lastName: receiverLastName, ...(receiverPhone && { phone: receiverPhone }) };
}

function wrongFields({ code, errors }: ApiProblem): { name: (typeof fieldNames)[number]; type: string }[] {
  if (code === "phone_invalid" && errors.some(({ path }) => path === "address.phone")) return [{ name: "receiverPhone", type: "invalid" }];
  if (code === "phone_invalid") return [{ name: "phone", type: "invalid" }];
  if (code === "email_unsendable") return [{ name: "email", type: "unsendable" }];
  if (code === "address_required") return [{ name: "address", type: "missing" }];
  if (code === "terms_not_accepted") return [{ name: "acceptedTerms", type: "missing" }];
  const isWrong = (name: string) =>
    errors.some(({ path }) => path.split(".").at(-1) === (name === "firstName" ? "name" : name) || path.endsWith(`.${name}`));
  return fieldNames.filter(isWrong).map((name) => ({ name, type: "invalid" }));
}

function focusDelivery(): void {
  document.querySelector<HTMLElement>("[name=shipping]:not(:disabled)")?.focus();
}
