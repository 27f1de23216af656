import type { z } from "zod";
import type { Problem, RefusalCode, refusals } from "../problem.ts";
import type { operations } from "./index.ts";

/** The contract as `hono/client` reads it, types only: https://hono.dev/docs/guides/rpc */
export type ApiSchema = {
  [Path in Listed["path"] as HonoPath<Path>]: EndpointsAt<Extract<Listed, { path: Path }>>;
};

type Listed = (typeof operations)[number];

/** Hono writes `/api/holds/{id}` as `/api/holds/:id`. */
type HonoPath<Path extends string> = Path extends `${infer Head}{${infer Name}}${infer Tail}` ? `${Head}:${Name}${HonoPath<Tail>}` : Path;

type EndpointsAt<O extends Listed> = {
  [Method in O["methods"][number] as `$${Method}`]: Endpoints<OfMethod<O, Method>>;
};
type OfMethod<O extends Listed, Method> = O extends unknown ? (Method extends O["methods"][number] ? O : never) : never;

type Endpoints<O extends Listed> = Answered<O["answer"]> | Refused extends infer Answer ? WithInput<Answer, InputOf<O>> : never;
type WithInput<Answer, Input> = Answer extends unknown ? Answer & { input: Input } : never;

type Answered<Answer extends Listed["answer"]> = Answer extends { shape: infer Shape extends z.ZodType; unless: { status: infer Other } }
  ? { output: z.output<Shape>; outputFormat: "json"; status: Answer["status"] | Other }
  : Answer extends { shape: infer Shape extends z.ZodType }
    ? { output: z.output<Shape>; outputFormat: "json"; status: Answer["status"] }
    : { output: string; outputFormat: "text"; status: Answer["status"] };

/** Any refusal. A client switches on `code`. */
type Refused = { output: Problem; outputFormat: "json"; status: (typeof refusals)[RefusalCode]["status"] };

type InputOf<O> = (O extends { params: { shape: infer Shape } } ? { param: z.input<Shape> } : unknown) &
  (O extends { query: { shape: infer Shape } } ? { query: z.input<Shape> } : unknown) &
  (O extends { body: infer Shape } ? { json: z.input<Shape> } : unknown) &
  (HeadersOf<O> extends Record<string, never> ? unknown : { header?: HeadersOf<O> });
type HeadersOf<O> = (O extends { takesSession: true } ? { "x-checkout-session"?: string } : unknown) &
  (O extends { takesKey: string } ? { "idempotency-key"?: string } : unknown) &
  (O extends { takesVisit: true } ? { "x-visit"?: string } : unknown);
