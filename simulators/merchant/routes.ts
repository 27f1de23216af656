import { Hono } from "hono";
import { merchantServerSchema } from "../config.ts";
import { parseFields, pressed, readFields } from "../fields.ts";
import { page, plainPage } from "../page.ts";
import { say } from "../words.ts";
import {
  type MerchantServer,
  type MerchantServers,
  putMerchantServer,
  receiveCallback,
  type ServerKnobs,
  serverKnobsSchema,
} from "./callbacks.ts";
import { returnBody, serverSections } from "./pages.ts";

/** The merchant's own server takes callbacks and thanks returning customers. */
export function merchantRoutes(servers: MerchantServers): Hono {
  const routes = new Hono();

  routes.get("/", (c) => {
    const body = [...servers.byId.values()].map((server) => serverSections(server, 20));
    return c.html(page({ title: say("Servidores de los comercios"), at: "/merchant", body }));
  });

  routes.post("/panel/servers", async (c) => {
    const server = putMerchantServer(servers, parseFields(merchantServerSchema, await readFields(c)));
    return pressed(c, { id: server.id }, "/merchant");
  });

  routes.get("/state/:id", (c) => {
    const server = servers.byId.get(c.req.param("id"));
    if (!server) return c.json({ error: "unknown merchant server" }, 404);
    return c.json({ id: server.id, knobs: server.knobs, callbacks: server.callbacks });
  });

  routes.post("/:id/callback", async (c) => {
    const server = servers.byId.get(c.req.param("id"));
    if (!server) return c.json({ error: "unknown merchant server" }, 404);
    const body = Buffer.from(await c.req.arrayBuffer());
    const answer = nextAnswer(server);
    receiveCallback(servers, server, { body, headers: c.req.header(), answered: answer.status });
    const { delayMs } = server.knobs;
    if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return answer;
  });

  routes.post("/:id/panel/knobs", async (c) => {
    const server = servers.byId.get(c.req.param("id"));
    if (!server) return c.json({ error: "unknown merchant server" }, 404);
    const fields = await readFields(c);
    const changes = parseFields(serverKnobsSchema, fields);
    const once: ServerKnobs = changes.status !== undefined && changes.failures === undefined ? { failures: 1 } : {};
    server.knobs = { ...(fields.reset === "on" ? {} : server.knobs), ...once, ...changes };
    return pressed(c, server.knobs, `/merchant/${server.id}`);
  });

  routes.get("/:id/return", (c) => {
    const { status, ref } = c.req.query();
    return c.html(plainPage("Gracias", returnBody({ status, ref })));
  });

  routes.get("/:id", (c) => {
    const server = servers.byId.get(c.req.param("id"));
    if (!server) return c.notFound();
    return c.html(page({ title: `${say("Servidor del comercio")} ${server.id}`, at: "/merchant", body: serverSections(server, 200) }));
  });

  return routes;
}

function nextAnswer(server: MerchantServer): Response {
  const { knobs } = server;
  if (knobs.status !== undefined && (knobs.failures ?? 0) > 0) {
    knobs.failures = (knobs.failures ?? 0) - 1;
    const headers = new Headers({ "content-type": "application/json" });
    if (knobs.retryAfter !== undefined) headers.set("retry-after", knobs.retryAfter);
    const hasBody = knobs.status !== 204 && knobs.status !== 304;
    return new Response(hasBody ? '{"ok":false}' : null, { status: knobs.status, headers });
  }
  if (knobs.redirectTo !== undefined) return new Response(null, { status: 302, headers: { location: knobs.redirectTo } });
  if (knobs.garbage === "on") return new Response("\u0000<<<not json>>>".repeat(100), { headers: { "content-type": "application/json" } });
  return Response.json({ ok: true });
}
