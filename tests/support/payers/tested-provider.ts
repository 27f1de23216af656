import type { Place } from "../world.ts";
import { testedAddi } from "./addi.ts";
import { testedBold } from "./bold.ts";
import { testedMercadopago } from "./mercadopago.ts";
import type { Payer, TestedProvider } from "./payer.ts";
import { testedStripe } from "./stripe.ts";
import { testedWompi } from "./wompi.ts";

/** The next one needs its file here, and no other test. */
export const testedProviders: Readonly<Record<string, TestedProvider>> = {
  wompi: testedWompi,
  mercadopago: testedMercadopago,
  stripe: testedStripe,
  bold: testedBold,
  addi: testedAddi,
};

/** With which the engine is tested: `PROVIDER=wompi npx vitest run tests/engine` tries another. */
export const testedProvider = choose(process.env["PROVIDER"] ?? "wompi");

export const payerAt = (world: Pick<Place, "simulatorsUrl">): Payer => testedProvider.payer(world.simulatorsUrl);

function choose(id: string): TestedProvider {
  const provider = testedProviders[id];
  if (!provider) throw new Error(`PROVIDER=${id}: the tests know ${Object.keys(testedProviders).join(", ")}`);
  return provider;
}
