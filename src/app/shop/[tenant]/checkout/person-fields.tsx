"use client";

import { useTranslations } from "next-intl";
import type { UseFormRegisterReturn } from "react-hook-form";
import { givenLengthMax } from "#contracts/contact.ts";
import { addressLengths } from "#contracts/shop/limits.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { Select } from "#ui/dashboard/controls.tsx";
import { Field } from "#ui/field.tsx";
import type { CheckoutFlowProps, Choice } from "./checkout-props.ts";
import type { CheckedName, FieldName } from "./checkout-values.ts";

type FieldsProps = {
  inputs: Record<Exclude<FieldName, "acceptedTerms" | "note">, UseFormRegisterReturn>;
  wordsFor: (name: CheckedName) => string | undefined;
};

export function ContactFields({ inputs, wordsFor, phone }: FieldsProps & Pick<CheckoutFlowProps, "phone">) {
  const t = useTranslations("shopCheckout");
  const name = { maxLength: addressLengths.name } as const;
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t("firstName")} autoComplete="given-name" {...name} problem={wordsFor("firstName")} {...inputs.firstName} />
        <Field label={t("lastName")} autoComplete="family-name" {...name} problem={wordsFor("lastName")} {...inputs.lastName} />
      </div>
      <Field
        label={t("email")}
        hint={t("emailHint")}
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={givenLengthMax}
        problem={wordsFor("email")}
        {...inputs.email}
      />
      <Field
        label={t("phone")}
        hint={phone ? t("phoneHint", { example: phone.example, code: phone.callingCode }) : undefined}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={givenLengthMax}
        problem={wordsFor("phone")}
        {...inputs.phone}
      />
    </>
  );
}

type AddressFieldsProps = FieldsProps & { countries: readonly Choice[]; isForOther: boolean };

/** Where it is sent: to the person above, or to another. */
export function AddressFields({ inputs, wordsFor, countries, isForOther }: AddressFieldsProps) {
  const t = useTranslations("shopCheckout");
  return (
    <div className="space-y-5" data-testid="address">
      <Checkbox {...inputs.isForOther}>{t("isForOther")}</Checkbox>
      {isForOther && <ReceiverFields inputs={inputs} wordsFor={wordsFor} />}
      <Field
        label={t("address")}
        hint={t("addressHint")}
        autoComplete="shipping street-address"
        maxLength={addressLengths.address}
        problem={wordsFor("address")}
        {...inputs.address}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t("city")}
          autoComplete="shipping address-level2"
          maxLength={addressLengths.city}
          problem={wordsFor("city")}
          {...inputs.city}
        />
        <Field
          label={t("region")}
          autoComplete="shipping address-level1"
          maxLength={addressLengths.region}
          problem={wordsFor("region")}
          {...inputs.region}
        />
        <Field
          label={t("postalCode")}
          autoComplete="shipping postal-code"
          maxLength={addressLengths.postalCode}
          problem={wordsFor("postalCode")}
          {...inputs.postalCode}
        />
        <Select label={t("country")} autoComplete="shipping country" problem={wordsFor("country")} {...inputs.country}>
          {countries.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </div>
    </div>
  );
}

/** Nothing is filled in by the browser: it knows the person who pays. */
function ReceiverFields({ inputs, wordsFor }: FieldsProps) {
  const t = useTranslations("shopCheckout");
  const name = { maxLength: addressLengths.name, autoComplete: "off" } as const;
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t("receiverFirstName")} {...name} problem={wordsFor("receiverFirstName")} {...inputs.receiverFirstName} />
      <Field label={t("receiverLastName")} {...name} problem={wordsFor("receiverLastName")} {...inputs.receiverLastName} />
      <Field
        label={t("receiverPhone")}
        hint={t("receiverPhoneHint")}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        maxLength={givenLengthMax}
        problem={wordsFor("receiverPhone")}
        {...inputs.receiverPhone}
      />
    </div>
  );
}
