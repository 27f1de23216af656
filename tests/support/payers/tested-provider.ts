import type { Place } from "../world.ts";
import type { Payer, TestedProvider } from "./payer.ts";
import { testedWompi } from "./wompi.ts";

/**
 * The provider with which the engine is tested: the next one needs its file here, and no other
 * test.
 */
export const testedProvider: TestedProvider = testedWompi;

export const payerAt = (world: Pick<Place, "simulatorsUrl">): Payer => testedProvider.payer(world.simulatorsUrl);
