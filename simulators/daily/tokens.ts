import { createHmac } from "node:crypto";
import { isSameText } from "../same-text.ts";
import type { DailyWorld } from "./rooms.ts";

const tokensMax = 5000;

/** Makes a JWT-like token signed with the API key, as the real service does. */
export function createToken(world: DailyWorld, properties: Record<string, unknown>): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const issuedAt = Math.floor(world.clock.now() / 1000);
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ ...properties, domain: world.domain, iat: issuedAt })}`;
  const token = `${signed}.${signatureOf(world, signed)}`;
  world.tokens.push({ token, createdAt: new Date(world.clock.now()).toISOString(), properties });
  if (world.tokens.length > tokensMax) world.tokens.shift();
  return token;
}

/** Returns the properties inside, or null when the signature is not ours. */
export function readToken(world: DailyWorld, token: string): Record<string, unknown> | null {
  const [header, payload, signature] = token.split(".");
  if (!header || !payload || !signature) return null;
  if (!isSameText(signatureOf(world, `${header}.${payload}`), signature)) return null;
  const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
  return typeof claims === "object" && claims !== null ? { ...claims } : null;
}

const signatureOf = (world: DailyWorld, signed: string): string => createHmac("sha256", world.apiKey).update(signed).digest("base64url");
