"use client";

import { useTranslations } from "next-intl";
import { documentTypes } from "#contracts/choice/document.ts";
import { Select } from "../dashboard/controls.tsx";
import { Field } from "../field.tsx";
import { documentNumberId, documentNumberLengthMax, type OfferChosen } from "./use-offer.ts";
import { useProviderName } from "./use-provider-name.ts";

/** Shown while the chosen account asks for it. It goes to the provider, and is stored nowhere. */
export function DocumentFields({ offer, provider }: { offer: OfferChosen; provider: string }) {
  const t = useTranslations("offers.document");
  const name = useProviderName()(provider);
  const { document, type, isDocumentWrong } = offer;
  return (
    <div className="space-y-4" data-testid="document">
      <Select
        name="documentType"
        label={t("type")}
        value={document.type}
        onChange={({ target }) => type({ ...document, type: target.value })}
      >
        {documentTypes.map((each) => (
          <option key={each} value={each}>
            {t(`types.${each}`)}
          </option>
        ))}
      </Select>
      <Field
        name={documentNumberId}
        label={t("number")}
        hint={t("hint", { provider: name })}
        inputMode="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={documentNumberLengthMax + 10}
        value={document.number}
        onChange={({ target }) => type({ ...document, number: target.value })}
        problem={isDocumentWrong ? t("wrong") : undefined}
      />
    </div>
  );
}
