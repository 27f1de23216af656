import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type CountingProxy = {
  at(url: string): string;
  /** Round trips since the last call: how often something was sent, over all connections. */
  roundTrips(): number;
  stop(): Promise<void>;
};

/** Longer than what one turn of the event loop sends takes to arrive, piece by piece. */
const gatherMs = 5;

/** Between the product and its PostgreSQL. Statements that are sent together, without waiting for an answer, are one round trip. */
export async function startCountingProxy(databaseUrl: string): Promise<CountingProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    const waiting: (Buffer | string)[] = [];
    client.on("data", (sent) => {
      if (waiting.push(sent) > 1) return;
      setTimeout(() => {
        count += 1;
        for (const part of waiting.splice(0)) database.write(part);
      }, gatherMs);
    });
    database.pipe(client);
    for (const socket of [client, database]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(socket);
          client.destroy();
          database.destroy();
        });
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    at: (url) => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    roundTrips() {
      const counted = count;
      count = 0;
      return counted;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}
