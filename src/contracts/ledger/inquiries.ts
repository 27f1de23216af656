import { z } from "zod";
import { paymentStates } from "#domain/payment-states.ts";
import { givenInstant } from "../dates.ts";
import { inquiryPaymentsMax } from "./limits.ts";

/** What became of one question to a provider. */
export const inquiryResults = ["became_paid", "changed", "same", "no_answer", "cannot_be_asked"] as const;
export type InquiryResult = (typeof inquiryResults)[number];

/** `id`: of a payment, or of a charge, as lists of payments have it. */
export const paymentQuestion = z.object({ id: z.uuid() });
export const paymentAnswer = z.object({
  paymentId: z.uuid(),
  /** `cannot_be_asked` is a refusal here. */
  result: z.enum(["became_paid", "changed", "same", "no_answer"]),
  state: z.enum(paymentStates),
});
export type PaymentAnswer = z.infer<typeof paymentAnswer>;

const provider = z.string().regex(/^[a-z][a-z_0-9]{0,39}$/);
export const newInquiry = z.object({ from: givenInstant, to: givenInstant, provider: provider.optional() });

export const inquiry = z.object({
  id: z.uuid(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  provider: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** Null while it runs. */
  doneAt: z.iso.datetime().nullable(),
  payments: z.int(),
  asked: z.int(),
  results: z.record(z.enum(inquiryResults), z.int()),
});
export type Inquiry = z.infer<typeof inquiry>;
export const inquiryDetails = inquiry.extend({
  /** Those that are not the same as before, or gave no answer. At most 100. */
  notable: z.array(
    z.object({
      paymentId: z.uuid(),
      reference: z.string(),
      provider: z.string(),
      result: z.enum(inquiryResults),
      state: z.enum(paymentStates),
      checkoutId: z.uuid(),
      checkoutKind: z.string(),
    }),
  ),
});
export type InquiryDetails = z.infer<typeof inquiryDetails>;
export const inquiries = z.object({ inquiries: z.array(inquiry) });
export { inquiryPaymentsMax };
