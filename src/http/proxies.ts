import type { BlockList } from "node:net";
import ipaddr from "ipaddr.js";
import { env, proxyNetworks } from "#platform/env.ts";

/**
 * Returns the address that limits count: the nearest that is no proxy of ours. Each proxy adds its
 * peer at the end of X-Forwarded-For. A /64 of IPv6 counts as one customer (RFC 6177).
 */
export function addressFor(peer: string | undefined, forwardedFor: string | undefined): string | null {
  let nearest = plainAddress(peer);
  for (const [passed, text] of (forwardedFor?.split(",").reverse() ?? []).entries()) {
    const next = plainAddress(text);
    if (!next || !isProxy(nearest, passed)) break;
    nearest = next;
  }
  return nearest && counted(nearest);
}

/** Anybody may say how they came and what they are called. Only a proxy of ours is believed. */
export const isFromProxy = (peer: string | undefined): boolean => isProxy(plainAddress(peer), 0);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** `passed` proxies are already behind us. */
function isProxy(address: Address | null, passed: number): boolean {
  const { TRUST_PROXY } = env();
  if (TRUST_PROXY === "off") return false;
  const proxies = TRUST_PROXY === "on" ? 1 : Number(TRUST_PROXY);
  if (Number.isInteger(proxies)) return passed < proxies;
  return address !== null && (networksOf(TRUST_PROXY)?.check(address.toString(), address.kind()) ?? false);
}

let kept: { text: string; networks: BlockList | null } | undefined;

function networksOf(text: string): BlockList | null {
  if (kept?.text !== text) kept = { text, networks: proxyNetworks(text) };
  return kept.networks;
}

/** Some proxies add a port. Returns null for anything but an address. */
function plainAddress(text: string | undefined): Address | null {
  const bare = (text ?? "")
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

function counted(address: Address): string {
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(":")}::/64`;
}
