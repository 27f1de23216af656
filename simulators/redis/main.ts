import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { answer, type Keyspace } from "./commands.ts";
import { takeCommands, written } from "./resp.ts";

export type Redis = {
  port: number;
  keys(): Promise<string[]>;
  /** Takes connections and commands, but answers none until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
};

/** A Redis for machines without one: in memory, and only what limits need. */
export async function startRedis({ port = 0 }: { port?: number } = {}): Promise<Redis> {
  const keyspace: Keyspace = new Map();
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    let arrived: Buffer = Buffer.alloc(0);
    if (isFrozen) socket.pause();
    socket.on("data", (chunk: Buffer) => {
      try {
        const { commands, rest } = takeCommands(Buffer.concat([arrived, chunk]));
        arrived = rest;
        for (const command of commands) socket.write(written(answer(keyspace, command)));
      } catch (error) {
        socket.end(written({ error: `ERR ${error instanceof Error ? error.message : "unknown"}` }));
      }
    });
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    keys: async () => [...keyspace.keys()],
    freeze() {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw() {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    async stop() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
