import { addressProblems, EnvProblem } from "#platform/env.ts";
import { paymentProviders } from "./payments/registry.ts";
import { roomProviders } from "./rooms/registry.ts";

/** For the start of a process. Throws EnvProblem with every wrong address of a provider. */
export function checkAddresses(): void {
  const definitions = [...Object.values(paymentProviders), ...Object.values(roomProviders)];
  const variables = definitions.flatMap(({ addressVariables }) => Object.values<string>(addressVariables));
  const sentences = variables.flatMap((variable) => addressProblems(variable));
  if (sentences.length > 0) throw new EnvProblem(sentences);
}
