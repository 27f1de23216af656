import type { z } from "zod";
import type { Permission } from "#domain/roles.ts";
import type { RefusalCode } from "../problem.ts";
import type { OperationLimit } from "./limits.ts";

export const tags = {
  checkout: "The walk of a customer: options, slots, hold, booking, payment, state.",
  shop: "The walk of a shop's customer: products, cart, order session, payment, order.",
  providers: "What payment providers call.",
  callbacks: "What merchants' servers are sent.",
  account: "A merchant's people: accounts, members, keys.",
  merchant: "What a merchant sets up: services, professionals, links, payments, settings.",
  operator: "What whoever runs an installation calls.",
  health: "What balancers and monitors call.",
  documents: "This contract.",
} as const;

/** Who may call, in words for the documents. `http/callers.ts` has the proof for each. */
export const callerWords = {
  anyone: "anyone",
  customer: "a customer, known by their session",
  provider: "a payment provider, proven by the signature of its delivery",
  person: "a person who is signed in, whatever merchants they belong to",
  member: "a member of the merchant, known by the cookie of their session",
  api_key: "a program of the merchant, proven by an API key as a bearer",
  operator: "the operator, proven by CRON_SECRET as a bearer",
  neighbour: "a program beside this one, such as Prometheus, that does not come through the proxy",
} as const;
export type CallerKind = keyof typeof callerWords;

export type Method = "get" | "post" | "put" | "patch" | "delete";

export type Parameters = {
  shape: z.ZodObject;
  words: Readonly<Record<string, string>>;
  /** The refusal of a malformed value. A malformed id is refused like an unknown one. */
  refusedAs: RefusalCode;
};

/** Parameters with a description for each. */
export function described<Shape extends z.ZodObject>(
  shape: Shape,
  words: { readonly [Name in keyof Shape["shape"] & string]: string },
  refusedAs: RefusalCode = "invalid_request",
): { shape: Shape; words: typeof words; refusedAs: RefusalCode } {
  return { shape, words, refusedAs };
}

type JsonAnswer = {
  /** 202: it goes on by itself. */
  status: 200 | 201 | 202;
  shape: z.ZodType;
  description: string;
  example?: object;
  /** The same shape with another status if this field of it is not true. */
  unless?: { field: string; status: 503; description: string };
};
/** The handler writes these itself. */
type OtherAnswer = { status: 200; contentType: string; description: string; example?: string };
/** 303: the handler returns the address to which the customer is redirected. */
type EmptyAnswer = { status: 204 | 303; description: string };

/** One address. Routes, limits, checks, OpenAPI and the client's types are made from it. */
export type Operation = {
  /** The `operationId`, by which generated clients call it. It is stable, like the path. */
  id: string;
  methods: readonly [Method, ...Method[]];
  path: `/${string}`;
  tag: keyof typeof tags;
  summary: string;
  /** Any of these may call. */
  callers: readonly [CallerKind, ...CallerKind[]];
  /** What a member or an API key must be allowed to. Set wherever they may call. */
  permission?: Permission;
  limit: OperationLimit;
  /** Refuses browsers on another site's page. Every change by a customer sets it. */
  isSameSite?: true;
  /** Reads X-Checkout-Session or the session's cookie. */
  takesSession?: true;
  /** Reads X-Visit, to count how far a visit comes. */
  takesVisit?: true;
  /**
   * Takes `Idempotency-Key`. `maybe_alone`: without a session the key itself proves who asks, so it
   * must be hard to guess. `beside_proof`: a token or a session is needed too.
   */
  takesKey?: "maybe_alone" | "beside_proof";
  params?: Parameters;
  query?: Parameters;
  body?: z.ZodType;
  /** Of a body that may be larger than usual. */
  bodyBytesMax?: number;
  /** The body is a file, which the handler reads. */
  upload?: { types: readonly string[]; bytesMax: number };
  /** By name, so that a request with several shapes shows each. */
  bodyExamples?: Readonly<Record<string, object>>;
  /** Sets `Cache-Control: no-store`. */
  isPrivate?: true;
  answer: JsonAnswer | OtherAnswer | EmptyAnswer;
  /** Its own. `refusalsOf` adds the ones that follow from the fields above. */
  refusals?: readonly RefusalCode[];
};

/** What all reads by customers have in common, and all changes. */
export const customerRead = { methods: ["get"], tag: "checkout", callers: ["customer"], limit: "reads" } as const;
export const customerChange = { tag: "checkout", callers: ["customer"], isSameSite: true, takesSession: true } as const;

/** The same for a merchant's people and programs. */
export const merchantRead = {
  methods: ["get"],
  tag: "merchant",
  callers: ["member", "api_key"],
  limit: "merchant",
  isPrivate: true,
} as const;
export const merchantChange = {
  tag: "merchant",
  callers: ["member", "api_key"],
  limit: "merchant",
  isSameSite: true,
  isPrivate: true,
} as const;

export function json<const Status extends 200 | 201 | 202, Shape extends z.ZodType>(
  status: Status,
  shape: Shape,
  description: string,
  example: z.output<Shape> & object,
) {
  return { status, shape, description, example };
}
