import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { startSimulators } from "#simulators/main.ts";

export const merchant = {
  name: "Comercio de pruebas",
  publicKey: "pub_test_suite",
  privateKey: "prv_test_suite",
  eventsSecret: "test_events_suite",
  integritySecret: "test_integrity_suite",
};

export const mercadopagoAccount = {
  name: "Comercio de pruebas",
  accessToken: "APP_USR-1000000000000002-112700-00000000000000000000000000000002-200000002",
  webhookSecret: "a".repeat(64),
};

export type Received = { headers: Record<string, string | string[] | undefined>; body: string; url: string; path: string };

/** The gateway's webhook address, played by the test: keeps what comes and answers what it is told (200 when nothing is left). */
export async function startReceiver() {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "/";
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), url: path, path });
      response.writeHead(answers.shift() ?? 200).end("answer");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/webhook`, received, answers, stop };
}

/** Fresh simulators with one account at each payment provider, whose webhooks go to a receiver of the test. */
export async function startWorld() {
  const receiver = await startReceiver();
  const mercadopago = { accounts: [{ ...mercadopagoAccount, webhookUrl: receiver.url }] };
  const simulators = await startSimulators({ port: 0, wompi: { merchants: [{ ...merchant, eventsUrl: receiver.url }] }, mercadopago });
  const { url } = simulators;
  return {
    ...simulators,
    receiver,
    /** Presses a button as a program. */
    async press(path: string, fields: Record<string, string | number> = {}) {
      const body = JSON.stringify(fields);
      const headers = { accept: "application/json", "content-type": "application/json" };
      const response = await fetch(url + path, { method: "POST", body, headers });
      return { status: response.status, body: await response.json() };
    },
    async read(path: string, headers: Record<string, string> = {}) {
      const response = await fetch(url + path, { headers });
      return { status: response.status, body: await response.json() };
    },
    async stop() {
      await Promise.all([simulators.stop(), receiver.stop()]);
    },
  };
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The query of the hosted page, signed as the documents say; `changes` are made after signing. */
export function checkoutQuery(reference: string, changes: Record<string, string> = {}, expirationTime = ""): string {
  const params: Record<string, string> = {
    "public-key": merchant.publicKey,
    currency: "COP",
    "amount-in-cents": "8500000",
    reference,
    "redirect-url": "http://127.0.0.1:9/pay/return/token",
    "signature:integrity": sha256(`${reference}8500000COP${expirationTime}${merchant.integritySecret}`),
    ...(expirationTime ? { "expiration-time": expirationTime } : {}),
    ...changes,
  };
  return new URLSearchParams(params).toString();
}
