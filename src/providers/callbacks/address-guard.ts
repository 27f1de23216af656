import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";
import type { CallbackProblem } from "#domain/callbacks/problems.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { env } from "#platform/env.ts";

export type ResolvedAddress = { address: string; family: 4 | 6 };
/** Connect to these only: the name may mean something else a moment later. */
export type CheckedAddress = { url: URL; addresses: readonly ResolvedAddress[] };
export type Resolve = (host: string) => Promise<readonly { address: string }[]>;

const resolveMs = 5000;

/**
 * Allows https at a public address and resolves the name on every attempt. `allowed` lists
 * host:port that may be private and plain http. Throws ProviderFailure `refused` or `unreachable`.
 */
export async function checkCallbackAddress(
  address: string,
  options: { resolve?: Resolve; allowed?: string } = {},
): Promise<CheckedAddress> {
  const { resolve = resolveAll, allowed = env().ALLOW_PRIVATE_CALLBACKS } = options;
  const url = URL.parse(address);
  if (!url) throw refused("is not an address");
  const isAllowed = isListed(url, allowed);
  refuseForm(url, isAllowed);
  const literal = parseLiteral(url.hostname);
  const found = literal === null ? await resolveInTime(resolve, url.hostname) : [{ address: literal }];
  const addresses = found.map(({ address: ip }) => checkedIp(ip, isAllowed));
  if (addresses.length === 0) throw unresolved("the name has no address");
  return { url, addresses };
}

/** Returns true only for what the public internet routes to a host of its own. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const ip = ipaddr.parse(text);
  if (ip instanceof ipaddr.IPv4) return ip.range() === "unicast" && !metadataAddresses.has(ip.toString());
  const embedded = embeddedIpv4(ip);
  if (embedded) return isPublicAddress(embedded);
  // RFC 4291 §2.4 and the IANA registry: all hosts lie in 2000::/3.
  return ip.range() === "unicast" && ip.match(ipaddr.IPv6.parse("2000::"), 3);
}

// Azure's wire server answers at a public address:
// https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
const metadataAddresses = new Set(["168.63.129.16"]);

/** Reads ::ffff:0:0/96 (RFC 4291) and 64:ff9b::/96 (RFC 6052), but not 6to4 and Teredo. */
function embeddedIpv4(ip: ipaddr.IPv6): string | null {
  const isMapped = ip.isIPv4MappedAddress();
  const isNat64 = ip.match(ipaddr.IPv6.parse("64:ff9b::"), 96);
  return isMapped || isNat64 ? ip.toByteArray().slice(12).join(".") : null;
}

function refuseForm(url: URL, isAllowed: boolean): void {
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isAllowed)) throw refused("is not https");
  if (url.username !== "" || url.password !== "") throw refused("has a user name in it");
  const port = portOf(url);
  // Below 1024 are mail, remote shells and the like; https is at 443.
  if (!isAllowed && port !== 443 && port < 1024) throw refused("has a port that is not for the web");
}

function isListed(url: URL, allowed: string): boolean {
  const asked = `${url.hostname}:${portOf(url)}`;
  return allowed.split(",").some((entry) => entry.trim().toLowerCase() === asked);
}

const portOf = (url: URL): number => Number(url.port || (url.protocol === "http:" ? 80 : 443));

/** WHATWG URL has turned 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1 already. */
function parseLiteral(hostname: string): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(bare) ? bare : null;
}

function checkedIp(text: string, isAllowed: boolean): ResolvedAddress {
  if (!ipaddr.isValid(text) || (!isAllowed && !isPublicAddress(text)))
    throw refused("does not lead to the public internet", "private_address");
  return { address: text, family: ipaddr.parse(text).kind() === "ipv6" ? 6 : 4 };
}

async function resolveInTime(resolve: Resolve, host: string): Promise<readonly { address: string }[]> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(unresolved("the name did not resolve in time")), resolveMs);
  try {
    return await Promise.race([resolve(host), late.promise]);
  } catch (error) {
    throw error instanceof ProviderFailure ? error : unresolved("the name does not resolve");
  } finally {
    clearTimeout(timer);
  }
}

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });
const refused = (what: string, reason: CallbackProblem = "address") => failure("refused", `the callback address ${what}`, reason);
const unresolved = (message: string) => failure("unreachable", message, "dns");
const failure = (kind: ProviderFailure["kind"], message: string, reason: CallbackProblem) =>
  new ProviderFailure({ provider: "callback", kind, message, reason });
