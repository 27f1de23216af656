import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReceivedEvent } from "#domain/payment-provider.ts";
import type { PaymentProviderDefinition } from "#providers/payments/definition.ts";

const bodyBytesMax = 256 * 1024;

export type Listener = {
  port: number;
  /** What came, in order; null: it was not proven. */
  came: (ReceivedEvent | null)[];
  stop(): Promise<void>;
};

/** Takes webhooks as the product would, verifies them, and keeps nothing. */
export async function listenForWebhooks(definition: PaymentProviderDefinition, credentials: unknown, port: number): Promise<Listener> {
  const came: Listener["came"] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > bodyBytesMax) return response.writeHead(413).end();
      chunks.push(chunk);
    }
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const url = new URL(request.url ?? "/", "http://localhost");
    const rawBody = Buffer.concat(chunks);
    const event = definition.verifyWebhook({ rawBody, headers, url, credentials, mode: "test" });
    came.push(event);
    const answer = event ? definition.webhookAnswer(event, rawBody) : { status: 401, body: "" };
    response
      .writeHead(answer.status, { "content-type": ("contentType" in answer && answer.contentType) || "application/json" })
      .end(answer.body);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    came,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
