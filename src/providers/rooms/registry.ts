import { ProviderFailure } from "#domain/provider-failure.ts";
import { addressOr } from "../addresses.ts";
import { daily } from "./daily/daily.ts";
import type { RoomProvider, RoomProviderDefinition } from "./definition.ts";

/** A new provider is one line here. */
export const roomProviders: Record<string, RoomProviderDefinition> = {
  daily,
};

/** Acts for one connection. Throws ProviderFailure `misconfigured`. */
export function connectRooms({ provider, credentials }: { provider: string; credentials: unknown }): RoomProvider {
  const definition = Object.hasOwn(roomProviders, provider) ? roomProviders[provider] : undefined;
  if (!definition) throw new ProviderFailure({ provider: "room", kind: "misconfigured", message: "there is no such provider" });
  const { addresses, addressVariables: variables } = definition;
  return definition.create(credentials, { apiUrl: addressOr(addresses.apiUrl, variables.apiUrl).replace(/\/+$/, "") });
}
