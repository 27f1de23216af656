import { z } from "zod";
import {
  type InquiryDetails,
  inquiries,
  inquiryDetails,
  inquiryPaymentsMax,
  newInquiry,
  paymentAnswer,
  paymentQuestion,
} from "#contracts/ledger/inquiries.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { paymentExample } from "./examples.ts";

const { notable, ...example }: InquiryDetails = {
  id: "0199c0de-0000-7000-8000-00000000005a",
  from: "2026-11-21T14:00:00.000Z",
  to: "2026-11-21T18:00:00.000Z",
  provider: null,
  startedAt: "2026-11-21T18:05:00.000Z",
  doneAt: "2026-11-21T18:05:09.000Z",
  payments: 31,
  asked: 31,
  results: { became_paid: 2, changed: 0, same: 28, no_answer: 1, cannot_be_asked: 0 },
  notable: [
    {
      ...{ paymentId: "0199c0de-0000-7000-8000-000000000005", reference: paymentExample.reference, provider: paymentExample.provider },
      ...{ result: "became_paid", state: "approved", checkoutId: "0199c0de-0000-7000-8000-000000000004", checkoutKind: "booking" },
    },
  ],
};
const change = { ...merchantChange, permission: "payments.change", methods: ["post"] } as const;

/** Asking the providers, instead of waiting for their webhooks. */
export const inquiryOperations = [
  {
    ...change,
    id: "askPayment",
    path: "/api/payment-questions",
    summary: "Ask the provider about one payment, now",
    body: paymentQuestion,
    bodyExamples: { payment: { id: paymentExample.id } },
    answer: json(
      200,
      paymentAnswer,
      "What the provider says is settled as after its webhook. `no_answer` says nothing about the money. An answer of the last seconds is given again.",
      { paymentId: "0199c0de-0000-7000-8000-000000000005", result: "same", state: "approved" },
    ),
    refusals: ["payment_unknown", "provider_cannot_be_asked"],
  },
  {
    ...change,
    id: "startPaymentInquiry",
    path: "/api/payment-inquiries",
    summary: "Ask the providers about all payments that were opened in a time",
    body: newInquiry,
    bodyExamples: { afterAnOutage: { from: example.from, to: example.to } },
    answer: json(
      202,
      inquiryDetails,
      `It goes on by itself: its address says how far it is. One at a time, at most ${inquiryPaymentsMax} payments.`,
      { ...example, doneAt: null, asked: 0, results: { ...example.results, became_paid: 0, same: 0, no_answer: 0 }, notable: [] },
    ),
    refusals: ["inquiry_runs", "limit_reached"],
  },
  {
    ...merchantRead,
    permission: "payments.read",
    id: "listPaymentInquiries",
    path: "/api/payment-inquiries",
    summary: "Questions about many payments, the newest first",
    answer: json(200, inquiries, "The newest 20.", { inquiries: [example] }),
  },
  {
    ...merchantRead,
    permission: "payments.read",
    id: "getPaymentInquiry",
    path: "/api/payment-inquiries/{id}",
    summary: "How far one is, and what it found",
    params: described(z.object({ id: z.uuid() }), { id: "The inquiry's id." }, "inquiry_unknown"),
    answer: json(200, inquiryDetails, "`doneAt` is null while it runs. `notable` lists whatever is not the same as before.", {
      ...example,
      notable,
    }),
  },
] as const satisfies readonly Operation[];
