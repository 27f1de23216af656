import { expect, test } from "vitest";
import { z } from "zod";
import { operations } from "#contracts/operations/index.ts";
import { described, type Operation } from "#contracts/operations/operation.ts";
import { type HandlersOf, routes } from "#http/route.ts";

const listed: readonly Operation[] = operations;
const nameOf = ({ id, methods }: Operation) => `${methods.join(" ")} ${id}`;

test("a customer's change is refused to browsers on other sites, and counts as a change or a payment unless it keeps nothing", () => {
  const changes = listed.filter(({ methods, callers }) => callers.includes("customer") && methods.some((method) => method !== "get"));
  expect(changes.map(nameOf)).toEqual([
    "post createHold",
    "delete deleteHold",
    "post countVisit",
    "post createBooking",
    "post createPayment",
    "post cancelOwnBooking",
    "post moveOwnBooking",
    "post createCart",
    "put setCartLine",
    "put setCartDiscount",
    "delete removeCartDiscount",
    "post checkOutCart",
    "post payOrderSession",
    "post cancelOrderSession",
  ]);
  for (const { id, isSameSite, limit } of changes)
    expect([isSameSite, limit], id).toEqual([true, expect.stringMatching(id === "countVisit" ? /^reads$/ : /^(changes|payments|codes)$/)]);
});

test("what has no limit costs next to nothing, or asks for the operator", () => {
  const unlimited = listed.filter(({ limit }) => limit === "none");
  expect(unlimited.filter(({ callers }) => !callers.includes("operator")).map(nameOf)).toEqual([
    "get getImage",
    "get getHealth",
    "get getReadiness",
    "get getOpenApi",
    "get getDocs",
  ]);
});

test("every address is written once for each method, with its parameters", () => {
  const addresses = listed.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`));
  expect(new Set(addresses).size).toBe(addresses.length);
  for (const { path, params } of listed)
    expect(Object.keys(params?.words ?? {})).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
});

const pets = [
  {
    id: "getPet",
    methods: ["get"],
    path: "/api/pets/{id}",
    tag: "health",
    summary: "A pet",
    callers: ["customer"],
    limit: "none",
    params: described(z.object({ id: z.coerce.number() }), { id: "The pet's number." }),
    answer: { status: 200, shape: z.object({ name: z.string() }), description: "It." },
    refusals: [],
  },
] as const satisfies readonly Operation[];

test("operations and handlers fit by type: none is missing, none too many, and each takes and gives what its operation says", () => {
  const right: HandlersOf<typeof pets> = { getPet: async ({ input }) => ({ name: input.params.id.toFixed() }) };
  expect(routes(pets, right).map(({ methods, path }) => [methods, path])).toEqual([[["GET"], "/api/pets/:id"]]);
  // @ts-expect-error an operation without its handler
  expect(() => routes(pets, {})).toThrow("getPet has no handler");
  // @ts-expect-error a handler without its operation
  const tooMany: HandlersOf<typeof pets> = { ...right, getOwner: async () => ({ name: "Ana" }) };
  // @ts-expect-error an answer that the operation does not give
  const wrongAnswer: HandlersOf<typeof pets> = { getPet: async () => ({ title: "Rex" }) };
  // @ts-expect-error an input that the operation does not take
  const wrongInput: HandlersOf<typeof pets> = { getPet: async ({ input }) => ({ name: input.body.name }) };
  // @ts-expect-error a caller whom the operation does not know
  const wrongCaller: HandlersOf<typeof pets> = { getPet: async ({ caller }) => ({ name: caller.memberId }) };
  expect([tooMany, wrongAnswer, wrongInput, wrongCaller]).toHaveLength(4);
});
