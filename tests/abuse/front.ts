import type { AddressInfo } from "node:net";
import { createConnection } from "node:net";
import { createHttpApp } from "#http/app.ts";
import { createWebServer, type ListenLimits } from "#http/listen.ts";

export type Front = { url: string; port: number; stop(): Promise<void> };

/** The real server of src/server.ts, with a page that says what reached it in place of Next. */
export async function startFront(
  options: { limits?: Partial<ListenLimits>; answer?: (request: Request) => Response | Promise<Response> } = {},
): Promise<Front> {
  const { server, stop } = createWebServer({
    answer: options.answer ?? createHttpApp({ runDueJobs: async () => {} }).fetch,
    showPage: (request, response) => response.end(`page ${request.url}`),
    limits: { drainMs: 50, ...options.limits },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, stop };
}

/** Bytes as they are, where fetch would tidy them. Answers everything until the server ends the connection, and after how long it did. */
export function speak(port: number, ...pieces: string[]): Promise<{ answer: string; ms: number }> {
  const startedAt = performance.now();
  const socket = createConnection({ host: "127.0.0.1", port });
  let answer = "";
  return new Promise((resolve, reject) => {
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("close", () => resolve({ answer, ms: performance.now() - startedAt }));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" || error.code === "EPIPE" ? undefined : reject(error),
    );
    for (const piece of pieces) socket.write(piece);
  });
}

/** A raw request that asks for the connection's end, so that `speak` ends too. */
export const raw = (line: string, headers: string[] = ["Host: citas.example.com"], body = "") =>
  `${[line, ...headers, "Connection: close"].join("\r\n")}\r\n\r\n${body}`;

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
