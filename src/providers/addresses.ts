import { addressFromEnvironment } from "#platform/env.ts";

/** Returns a provider's usual address unless the environment names another one. */
export function addressOr(usual: string, variable: string | undefined): string {
  return (variable && addressFromEnvironment(variable)) ?? usual;
}
