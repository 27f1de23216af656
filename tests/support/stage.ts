import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { BookingState } from "#contracts/checkout.ts";
import { examine } from "#queries/doctor.ts";
import { openClinic } from "./clinic.ts";
import { book, bookUnheld, hold, pay, reachPaymentPage, retry, state } from "./customer.ts";
import { endState, eventually, settled } from "./end-state.ts";
import type { Payer } from "./payers/payer.ts";
import { payerAt } from "./payers/tested-provider.ts";
import { timePasses } from "./time-passes.ts";
import { openUnusualClinic } from "./unusual-clinic.ts";
import { type OwnWorld, startWorld, type World } from "./world.ts";

export type StageWish = {
  /** False: a test decides itself what runs when. */
  worker?: boolean;
  settings?: Record<string, string>;
  /** After each test nothing in the data may break one of the five promises. */
  keepsPromises?: boolean;
};

/**
 * The world of all tests of a file, or of a describe: begun before the first and ended after the
 * last. It stands for the world wherever one is asked for; what tests do oftenest needs no world
 * named.
 */
export function prepareStage({ keepsPromises = false, ...wish }: StageWish = {}) {
  let world: OwnWorld | undefined;
  beforeAll(async () => {
    world = await startWorld(wish);
  });
  afterAll(() => world?.stop());
  if (keepsPromises) afterEach(noPromiseIsBroken);

  const begun = (): World => {
    if (!world) throw new Error("the world begins only before the first test");
    return world;
  };
  const inWorld =
    <Given extends unknown[], Result>(act: (world: World, ...given: Given) => Result) =>
    (...given: Given): Result =>
      act(begun(), ...given);
  return {
    get appUrl(): string {
      return begun().appUrl;
    },
    get simulatorsUrl(): string {
      return begun().simulatorsUrl;
    },
    get databaseUrl(): string {
      return begun().databaseUrl;
    },
    get owner(): World["owner"] {
      return begun().owner;
    },
    get payer(): Payer {
      return payerAt(begun());
    },
    stopWorker: () => begun().stopWorker(),
    startWorker: () => begun().startWorker(),
    openClinic: inWorld(openClinic),
    openUnusualClinic: inWorld(openUnusualClinic),
    hold: inWorld(hold),
    book: inWorld(book),
    bookUnheld: inWorld(bookUnheld),
    reachPaymentPage: inWorld(reachPaymentPage),
    retry: inWorld(retry),
    pay: inWorld(pay),
    state: inWorld(state),
    reaches: inWorld(reaches),
    timePasses: inWorld(timePasses),
    endState: inWorld(endState),
    settled: inWorld(settled),
  };
}

export async function noPromiseIsBroken(): Promise<void> {
  expect(await examine()).toEqual([]);
}

/** What the customer's page shows of the booking, sooner or later. */
function reaches(world: World, booking: { id: string; token: string }, wanted: { [Field in keyof BookingState]?: unknown }): Promise<void> {
  return eventually(async () => expect(await state(world, booking)).toMatchObject(wanted));
}
