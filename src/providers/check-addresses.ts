import { addressFromEnvironment, EnvProblem } from "#platform/env.ts";
import { paymentProviders } from "./payments/registry.ts";
import { roomProviders } from "./rooms/registry.ts";

/** For the start of a process. Throws EnvProblem with every wrong address of a provider. */
export function checkAddresses(): void {
  const definitions = [...Object.values(paymentProviders), ...Object.values(roomProviders)];
  const variables = definitions.flatMap(({ addressVariables }) => Object.values<string>(addressVariables));
  const sentences = variables.flatMap(sentencesAbout);
  if (sentences.length > 0) throw new EnvProblem(sentences);
}

function sentencesAbout(variable: string): string[] {
  try {
    addressFromEnvironment(variable);
    return [];
  } catch (error) {
    if (error instanceof EnvProblem) return error.sentences;
    throw error;
  }
}
