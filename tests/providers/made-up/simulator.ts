import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A provider's whole world in one file: payments, charges, webhooks, and its bad habits. */
type Payment = { id: string; reference: string; amount: number; currency: string; return_url: string; webhook_url: string; email: string };
type Charge = { id: string; reference: string; status: string; amount: number; currency: string; paid_at: string | null };
export type Habits = { fails?: { status: number; times: number }; slowMs?: number; garbledRows?: number; rowsPerPage?: number };
export type MadeUpWorld = Awaited<ReturnType<typeof startMadeUp>>;

export async function startMadeUp(keys: { apiKey: string }) {
  const world = { payments: new Map<string, Payment>(), charges: new Map<string, Charge>(), habits: {} as Habits, count: 0 };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function next(): number {
    world.count += 1;
    return world.count;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { fails, slowMs = 0 } = world.habits;
    const say = (status: number, body: unknown) =>
      void setTimeout(() => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)), slowMs);
    if (fails && fails.times > 0) {
      fails.times -= 1;
      return say(fails.status, { error: "in trouble" });
    }
    if (request.headers.authorization !== `Bearer ${keys.apiKey}`) return say(401, { error: "who are you?" });
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const [, noun, chargeId, act] = pathname.split("/");
    if (noun === "payments") return say(201, open(JSON.parse(text)));
    if (noun === "charges" && chargeId === undefined) return say(200, pageOf(searchParams));
    const charge = world.charges.get(chargeId ?? "");
    if (!charge) return say(404, { error: "no such charge" });
    if (act !== "return") return say(200, charge);
    if (!["paid", "returned"].includes(charge.status)) return say(409, { error: "not paid" });
    charge.status = "returned";
    return say(200, charge);
  }

  function open(given: Omit<Payment, "id">): { id: string; url: string } {
    const payment = { ...given, id: `p${next()}` };
    world.payments.set(payment.id, payment);
    return { id: payment.id, url: `${url}/pay/${payment.id}` };
  }

  function pageOf(query: URLSearchParams): { rows: object[]; next: string | null } {
    const { rowsPerPage = 100, garbledRows = 0 } = world.habits;
    const all = [...world.charges.values()].filter(({ reference }) => reference === query.get("reference"));
    const from = Number(query.get("after") || 0);
    const garbled = Array.from({ length: from === 0 ? garbledRows : 0 }, (_, n) => ({ id: `bad${n}`, amount: "a lot" }));
    const after = from + rowsPerPage < all.length ? String(from + rowsPerPage) : null;
    return { rows: [...garbled, ...all.slice(from, from + rowsPerPage)], next: after };
  }

  return {
    url,
    world,
    charge(money: { reference: string; amount: number; currency: string; status: string }): Charge {
      const charge = { id: `c${next()}x9`, ...money, paid_at: money.status === "pending" ? null : new Date().toISOString() };
      world.charges.set(charge.id, charge);
      return charge;
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
