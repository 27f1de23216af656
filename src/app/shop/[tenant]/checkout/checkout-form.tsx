"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import { useForm } from "react-hook-form";
import { shopTermsAddress } from "#app/shop/address.ts";
import { noteLengthMax } from "#contracts/shop/limits.ts";
import { Card } from "#ui/card.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { TextArea } from "#ui/dashboard/controls.tsx";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { useOffer } from "#ui/wizard/use-offer.ts";
import type { CheckoutFlowProps } from "./checkout-props.ts";
import { type CheckedName, type CheckoutValues, checkoutResolver, type FieldName, fieldNames, isNameField } from "./checkout-values.ts";
import { DeliveryChoice } from "./delivery-choice.tsx";
import { OrderSummary } from "./order-summary.tsx";
import { PayPart } from "./pay-part.tsx";
import { AddressFields, ContactFields } from "./person-fields.tsx";
import { useCheckout } from "./use-checkout.ts";
import { useKeptValues } from "./use-kept-values.ts";
import type { OwnQuote } from "./use-quote.ts";

const manners = { mode: "onTouched", shouldFocusError: true } as const;
type CheckoutFormProps = CheckoutFlowProps & { own: OwnQuote };

export function CheckoutForm({ own, countries, phone, locale }: CheckoutFormProps) {
  const t = useTranslations("shopCheckout");
  const { quote } = own;
  const { cart, shop, totals } = quote;
  const chosen = quote.shippingOptions.find(({ id }) => id === quote.shipping);
  const needsAddress = cart.needsShipping && chosen?.kind !== "pickup";
  const resolver = useMemo(() => checkoutResolver(needsAddress), [needsAddress]);
  const form = useForm<CheckoutValues>({ ...manners, resolver, defaultValues: { ...emptyValues, country: shop.country } });
  useKeptValues(form, shop.slug, shop.country);
  const { errors } = form.formState;
  const paying = useOffer(quote.payments);
  const checkout = useCheckout({ form, own, paying, needsAddress, language: useLocale() });
  // In the order of the page: the first wrong one gets the focus.
  const inputs = Object.fromEntries(fieldNames.map((name) => [name, form.register(name)])) as Inputs;
  const wordsFor = (name: CheckedName) => {
    const type = errors[name]?.type;
    return type && t(`problems.${wordsKey(name, type)}`);
  };
  const isCharged = totals.totalMinor > 0;
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit(checkout.send, checkout.lookAtDelivery)}
      className="mt-6 grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_24rem]"
      aria-label={t("title")}
    >
      <div className="space-y-6">
        <Card className="space-y-5" aria-labelledby="contact">
          <h2 id="contact" className="font-semibold text-xl">
            {t("contact")}
          </h2>
          <ContactFields inputs={inputs} wordsFor={wordsFor} phone={phone} />
        </Card>
        {cart.needsShipping && (
          <Card className="space-y-5" aria-labelledby="delivery-title">
            <h2 id="delivery-title" className="font-semibold text-xl">
              {t("delivery.title")}
            </h2>
            <DeliveryChoice quote={quote} choose={checkout.chooseDelivery} locale={locale} problem={checkout.deliveryProblem} />
            {needsAddress && (
              <AddressFields inputs={inputs} wordsFor={wordsFor} countries={countries} isForOther={form.watch("isForOther")} />
            )}
          </Card>
        )}
        {isCharged && quote.payments.length > 0 && (quote.payments.length > 1 || (paying.chosen?.asksFor.length ?? 0) > 0) && (
          <Card className="space-y-5" aria-labelledby="method">
            <h2 id="method" className="font-semibold text-xl">
              {t("method")}
            </h2>
            <OfferChoice
              offers={quote.payments}
              offer={paying}
              amountMinor={totals.totalMinor}
              locale={locale}
              legend={t("provider")}
              isTestShown={false}
            />
          </Card>
        )}
        <Card>
          <TextArea label={t("note")} hint={t("noteHint", { tenant: shop.name })} rows={2} maxLength={noteLengthMax} {...inputs.note} />
        </Card>
      </div>
      {/* Its end with the button stays in sight while the longer side scrolls. */}
      <Card className="space-y-5 sm:p-6 md:sticky md:bottom-6 md:self-end">
        <OrderSummary own={own} locale={locale} />
        <Checkbox problem={wordsFor("acceptedTerms")} {...inputs.acceptedTerms}>
          {t.rich("terms", {
            link: (words) => (
              <a
                href={shopTermsAddress(shop.slug)}
                target="_blank"
                rel="noopener"
                className="font-medium text-brand-ink underline underline-offset-4"
              >
                {words}
                <span className="sr-only"> {t("newTab")}</span>
              </a>
            ),
          })}
        </Checkbox>
        <PayPart own={own} paying={paying} checkout={checkout} locale={locale} />
      </Card>
    </form>
  );
}

type Inputs = Record<FieldName, ReturnType<ReturnType<typeof useForm<CheckoutValues>>["register"]>>;

const emptyValues = {
  firstName: "",
  lastName: "",
  email: "",
  phone: "",
  isForOther: false,
  receiverFirstName: "",
  receiverLastName: "",
  receiverPhone: "",
  address: "",
  city: "",
  region: "",
  postalCode: "",
  note: "",
  acceptedTerms: false,
};

/** Some tell what is missing from what is wrong. */
function wordsKey(name: CheckedName, type: string) {
  if (type === "invalid" && isNameField(name)) return "nameInvalid";
  if (name === "email" && type === "unsendable") return "emailUnsendable";
  if (name === "phone" && type === "missing") return "phoneMissing";
  return name;
}
