"use client";

import { useEffect, useState } from "react";
import { documentNumberLengthMax, readDocument } from "#contracts/choice/document.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { type KeptDocument, keepDocument, keptDocument } from "./kept-document.ts";

export { documentNumberLengthMax };
export const documentNumberId = "documentNumber";
/** As the API takes it. Without accounts there is nothing to choose. */
export type PaymentChoice = { connection?: string; document?: KeptDocument };

export type OfferChosen = {
  chosen: PaymentOffer | null;
  choose: (connection: string) => void;
  document: KeptDocument;
  type: (document: KeptDocument) => void;
  isDocumentWrong: boolean;
  /** Returns null if something is missing, which the page then shows. */
  check: () => PaymentChoice | null;
};

/** Which account the customer pays with. A document stays in this tab until the booking is paid. */
export function useOffer(offers: readonly PaymentOffer[]): OfferChosen {
  const [connection, choose] = useState(offers[0]?.connection ?? null);
  const [document, setDocument] = useState<KeptDocument>({ type: "CC", number: "" });
  const [isChecked, setIsChecked] = useState(false);
  useEffect(() => setDocument((typed) => (typed.number === "" ? (keptDocument() ?? typed) : typed)), []);
  // The offers may be others after a refusal, and the chosen one be none of them.
  const chosen = offers.find((each) => each.connection === connection) ?? offers[0] ?? null;
  const read = readDocument(document);
  const asks = chosen?.asksFor.includes("document") ?? false;
  return {
    chosen,
    choose,
    document,
    type: (typed) => {
      setDocument(typed);
      keepDocument(typed);
    },
    isDocumentWrong: isChecked && asks && read === null,
    check: () => {
      setIsChecked(true);
      if (!chosen) return {};
      if (!asks) return { connection: chosen.connection };
      if (!read) globalThis.document.getElementById(documentNumberId)?.focus();
      return read && { connection: chosen.connection, document: read };
    },
  };
}
