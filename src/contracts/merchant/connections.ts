import { z } from "zod";
import { unfitReasons } from "#domain/choice/payment-offers.ts";
import { askedOfCustomer } from "../choice/payment-offer.ts";

/** What proves a credential: a call of the test, an event that arrived, a payment that was made. */
export const proofKinds = ["test", "event", "payment"] as const;

export const credentialField = z.object({
  name: z.string(),
  isSecret: z.boolean(),
  /** A regular expression for the whole value. */
  pattern: z.string(),
  /** With what a value begins in each mode. Is null if it may begin with anything. */
  prefixes: z.object({ test: z.string(), production: z.string() }).nullable(),
  provenBy: z.enum(proofKinds),
});
export type CredentialField = z.infer<typeof credentialField>;

/** What the provider keeps of each payment, as it publishes it for a usual contract. */
const fee = z.object({
  percent: z.number().min(0).max(100),
  fixedMinor: z.int().min(0),
  currency: z.string().length(3),
  /** The tax on the fee itself. */
  taxPercent: z.number().min(0).max(100),
  source: z.url(),
});
export type Fee = z.infer<typeof fee>;

/** What a merchant should know of a provider before they choose it. Codes have words for people. */
export const providerFacts = z.object({
  methods: z.array(z.string()),
  fees: z.array(fee),
  /** Where the merchant finds the keys and sets the webhook address. */
  panelUrl: z.url(),
});
export type ProviderFacts = z.infer<typeof providerFacts>;

/** Of a usual price: what the provider keeps, tax included. The rest arrives. */
const feeExample = z.object({ paidMinor: z.int(), keptMinor: z.int() });
const feeAnswer = fee.extend({ example: feeExample });
export type FeeAnswer = z.infer<typeof feeAnswer>;

/** Each stands for a capability that the engine reads. */
export const abilities = ["void_by_api", "refund_by_api", "refund_part", "close_page"] as const;
export type Ability = (typeof abilities)[number];

export const paymentProviderAnswer = z.object({
  id: z.string(),
  name: z.string(),
  fields: z.array(credentialField),
  can: z.array(z.enum(abilities)),
  cannot: z.array(z.enum(abilities)),
  /** Whose merchants may have an account, by ISO 3166; null for all. */
  countries: z.array(z.string()).nullable(),
  /** What customers must show to pay with it. */
  asksFor: z.array(z.enum(askedOfCustomer)),
  amounts: z.array(z.object({ currency: z.string(), minMinor: z.int(), maxMinor: z.int().nullable(), stepMinor: z.int() })),
  facts: providerFacts.extend({ fees: z.array(feeAnswer) }),
});
export type PaymentProviderAnswer = z.infer<typeof paymentProviderAnswer>;

export const connectionAnswer = z.object({
  id: z.uuid(),
  version: z.int(),
  provider: z.string(),
  mode: z.enum(["test", "production"]),
  /** Whose account it is, in the provider's words. It is fixed once there are payments. */
  account: z.string().nullable(),
  /** The merchant's own name for it. */
  label: z.string().nullable(),
  /** New payments are begun with it. Active ones are all of one mode. */
  isActive: z.boolean(),
  /** Of the merchant's own contract, as the provider told them when it was last tested. */
  limits: z.array(z.object({ currency: z.string(), minMinor: z.int(), maxMinor: z.int().nullable() })),
  /** For what customers are not offered it, and why. */
  unfit: z.array(
    z.object({
      reason: z.enum(unfitReasons),
      /** Names of services; empty if it holds for all that cost something online. */
      services: z.array(z.string()),
    }),
  ),
  hasPayments: z.boolean(),
  /** Is false after the installation's encryption key was lost: the secrets must be given again. */
  isReadable: z.boolean(),
  credentials: z.array(
    z.object({
      name: z.string(),
      /** A secret with its middle left out. Never the secret. */
      hint: z.string().nullable(),
      /** By an event or a payment since the secrets were last replaced. */
      isProven: z.boolean(),
    }),
  ),
  /** To be pasted at the provider. */
  webhookUrl: z.string(),
  lastEventAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type ConnectionAnswer = z.infer<typeof connectionAnswer>;

export const connectionTest = z.object({
  /** `unanswered`: the provider could not be asked, and nothing is known. */
  result: z.enum(["ok", "failed", "unanswered"]),
  /** A code of the provider's own, such as `private_key_refused`. */
  detail: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["proven", "refused", "unproven"]),
      provenBy: z.enum(proofKinds),
    }),
  ),
});
export type ConnectionTest = z.infer<typeof connectionTest>;
