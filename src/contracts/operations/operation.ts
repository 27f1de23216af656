import type { z } from "zod";
import type { RefusalCode } from "../problem.ts";
import type { OperationLimit } from "./limits.ts";

export const tags = {
  checkout: "The walk of a customer: options, slots, hold, booking, payment, state.",
  providers: "What payment providers call.",
  operator: "What whoever runs an installation calls.",
  health: "What balancers and monitors call.",
  documents: "This contract.",
} as const;

/** Who may call, in words for the documents. `http/callers.ts` has the proof for each. */
export const callerWords = {
  anyone: "anyone",
  customer: "a customer, known by their session",
  provider: "a payment provider, proven by the signature of its delivery",
  operator: "the operator, proven by CRON_SECRET as a bearer",
  neighbour: "a program beside this one, such as Prometheus, that does not come through the proxy",
} as const;
export type CallerKind = keyof typeof callerWords;

export type Method = "get" | "post" | "delete";

export type Parameters = {
  shape: z.ZodObject;
  words: Readonly<Record<string, string>>;
  /** The refusal of a wrong value: a malformed id is as unknown as one that nobody has. */
  refusedAs: RefusalCode;
};

/** Parameters with a sentence for each. */
export function described<Shape extends z.ZodObject>(
  shape: Shape,
  words: { readonly [Name in keyof Shape["shape"] & string]: string },
  refusedAs: RefusalCode = "invalid_request",
): { shape: Shape; words: typeof words; refusedAs: RefusalCode } {
  return { shape, words, refusedAs };
}

type JsonAnswer = {
  status: 200 | 201;
  shape: z.ZodType;
  description: string;
  example?: object;
  /** The same shape under another status while this field of it is not true. */
  unless?: { field: string; status: 503; description: string };
};
/** The handler writes these itself. */
type OtherAnswer = { status: 200; contentType: string; description: string; example?: string };
/** 303: the handler answers the address that the customer is sent to. */
type EmptyAnswer = { status: 204 | 303; description: string };

/** One address. Routes, limits, checks, OpenAPI and the client's types are made from it. */
export type Operation = {
  /** `operationId`: what generated clients call it. Stable, like the path. */
  id: string;
  methods: readonly [Method, ...Method[]];
  path: `/${string}`;
  tag: keyof typeof tags;
  summary: string;
  /** Any of these. */
  callers: readonly [CallerKind, ...CallerKind[]];
  limit: OperationLimit;
  /** Refuses browsers that come from another site's page. Every change of a customer is marked so. */
  isSameSite?: true;
  /** Reads X-Checkout-Session or the session's cookie. */
  takesSession?: true;
  /**
   * Takes `Idempotency-Key`. `maybe_alone`: without a session the key itself proves who asks, so
   * it must be hard to guess. `beside_proof`: who brings neither token nor session is refused.
   */
  takesKey?: "maybe_alone" | "beside_proof";
  params?: Parameters;
  query?: Parameters;
  /** JSON. */
  body?: z.ZodType;
  /** By name, so that a request with several shapes shows each. */
  bodyExamples?: Readonly<Record<string, object>>;
  /** `Cache-Control: no-store`. */
  isPrivate?: true;
  answer: JsonAnswer | OtherAnswer | EmptyAnswer;
  /** Its own. `refusalsOf` adds the ones that follow from the fields above. */
  refusals?: readonly RefusalCode[];
};

/** What reads of a customer have in common, and what their changes have. */
export const customerRead = { methods: ["get"], tag: "checkout", callers: ["customer"], limit: "reads" } as const;
export const customerChange = { tag: "checkout", callers: ["customer"], isSameSite: true, takesSession: true } as const;

export function json<const Status extends 200 | 201, Shape extends z.ZodType>(
  status: Status,
  shape: Shape,
  description: string,
  example: z.output<Shape> & object,
) {
  return { status, shape, description, example };
}
