import type Stripe from "stripe";
import { callService, failureOfReply, type ServiceCall } from "#platform/outbound.ts";
import { failureOf } from "./failures.ts";

/** `timeoutMs`: of one request. */
export type StripeApi = { apiUrl: string; key: string; timeoutMs?: number };

/** The version that the code and the simulator were written for. */
export const apiVersion = "2026-10-28.endive";
const usualTimeoutMs = 10_000;

/** Asks by the official client. `asked` says what was wanted. Throws ProviderFailure. */
export async function ask<Answer>(api: StripeApi, asked: string, call: (stripe: Stripe) => Promise<Answer>): Promise<Answer> {
  try {
    return await call(await clientOf(api));
  } catch (error) {
    throw failureOf(error, asked);
  }
}

/** The package takes 0.1 s to load, so it loads when somebody needs it. */
let loading: Promise<typeof Stripe> | undefined;
const clients = new Map<string, Stripe>();
const clientsMax = 200;

export async function clientOf({ apiUrl, key, timeoutMs = usualTimeoutMs }: StripeApi): Promise<Stripe> {
  loading ??= import("stripe").then((loaded) => loaded.default);
  const Client = await loading;
  const name = `${apiUrl} ${timeoutMs} ${key}`;
  const known = clients.get(name);
  if (known) return known;
  if (clients.size >= clientsMax) clients.clear();
  const { protocol, hostname: host, port } = new URL(apiUrl);
  const client = new Client(key, {
    apiVersion,
    host,
    protocol: protocol === "http:" ? "http" : "https",
    port: port === "" ? (protocol === "http:" ? 80 : 443) : Number(port),
    // The engine retries. A retry in here would hold a caller for longer than the timeout.
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    httpClient: transport,
  });
  clients.set(name, client);
  return client;
}

type Transport = NonNullable<NonNullable<ConstructorParameters<typeof Stripe>[1]>["httpClient"]>;

/**
 * Our own way to outside services: a limit of bytes, a timeout of the whole request, no redirect,
 * a trace. The package's own would also retry a closed connection once, without being asked to.
 */
const transport: Transport = {
  getClientName: () => "konfirmado",
  // The package decides the number of arguments.
  makeRequest: async (...[host, port, path, method, headers, body, protocol, timeoutMs]: Parameters<Transport["makeRequest"]>) => {
    const reply = await callService({
      provider: "stripe",
      method: methodOf(method),
      url: `${protocol}://${host}:${port}${path}`,
      headers: textHeaders(headers),
      timeoutMs,
      ...(body && { body }),
    });
    const { status } = reply;
    // Whoever is in trouble, or in the way, need not speak JSON.
    if (status >= 500 || status === 429 || (status >= 300 && status < 400))
      throw failureOfReply({ provider: "stripe", reply, asked: "a request" });
    const json = reply.json();
    return {
      getStatusCode: () => status,
      getHeaders: () => Object.fromEntries(reply.headers),
      getRawResponse: () => ({ statusCode: status }),
      toStream: () => reply.bytes,
      toJSON: async () => json,
    };
  },
};

const methods: readonly ServiceCall["method"][] = ["GET", "POST", "PUT", "DELETE"];
const methodOf = (method: string): ServiceCall["method"] => methods.find((each) => each === method) ?? "GET";

/** `fetch` counts the body itself. */
function textHeaders(headers: object): Record<string, string> {
  const given = Object.entries(headers).filter(([name, value]) => value !== undefined && !/^(content-length|host)$/i.test(name));
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
