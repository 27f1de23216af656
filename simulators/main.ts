import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app.ts";
import { configSchema, type SimulatorsConfig } from "./config.ts";
import { demoPort } from "./demo-config.ts";
import { listenSmtp } from "./mail/smtp.ts";
import { createWorld } from "./world.ts";

export type Simulators = { url: string; smtpPort: number; stop(): Promise<void> };

const host = "127.0.0.1";

/**
 * Starts the simulated world on 127.0.0.1. The demo's config fills the gaps. Port 0 picks a free
 * one. Rejects with a sentence for people when a port is busy.
 */
export async function startSimulators(config: SimulatorsConfig = {}): Promise<Simulators> {
  const { port, smtpPort } = configSchema.parse(config);
  const world = createWorld(config);
  const server = createServer(getRequestListener(createApp(world).fetch));
  try {
    const listening = await listen(server, port);
    const url = `http://${host}:${listening}`;
    const wantedSmtpPort = smtpPort ?? (port === 0 ? 0 : port + 1);
    const smtp = await listenSmtp(world.inbox, wantedSmtpPort).catch((error: unknown) => {
      throw explained(error, wantedSmtpPort);
    });
    world.inbox.smtpPort = smtp.port;
    world.mercadopago.pagesUrl = `${url}/mercadopago`;
    world.daily.roomsUrl = `${url}/daily/room/`;
    const stop = async () => {
      await Promise.all([smtp.stop(), close(server)]);
      await world.clock.stop();
    };
    return { url, smtpPort: smtp.port, stop };
  } catch (error) {
    await close(server);
    await world.clock.stop();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(explained(error, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function explained(error: unknown, port: number): unknown {
  const isBusy = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  return isBusy
    ? new Error(`Port ${port} on ${host} is already in use: stop what listens there, or set SIMULATORS_PORT to another port.`)
    : error;
}

function configFromEnv(env: NodeJS.ProcessEnv): SimulatorsConfig {
  const fromFile = env.SIMULATORS_CONFIG ? JSON.parse(readFileSync(env.SIMULATORS_CONFIG, "utf8")) : {};
  const port = env.SIMULATORS_PORT ? Number(env.SIMULATORS_PORT) : (fromFile.port ?? demoPort);
  const smtpPort = env.SIMULATORS_SMTP_PORT ? Number(env.SIMULATORS_SMTP_PORT) : fromFile.smtpPort;
  return { ...fromFile, port, smtpPort };
}

async function run(): Promise<void> {
  try {
    const simulators = await startSimulators(configFromEnv(process.env));
    const stop = () => void simulators.stop().then(() => process.exit(0));
    for (const reason of ["SIGTERM", "SIGINT", "disconnect"] as const) process.once(reason, stop);
    // Printed last, because whoever reads it may stop us at once.
    console.log(`Simulators ready at ${simulators.url} (mail: smtp://${host}:${simulators.smtpPort})`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

if (import.meta.main) await run();
