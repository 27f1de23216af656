import { type Context, Hono } from "hono";
import { z } from "zod";
import { addiAllySchema } from "../config.ts";
import { BadFields, parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { callBack } from "./callbacks.ts";
import { defaultKnobs, someKnobsSchema, withKnobs } from "./knobs.ts";
import { addiSections } from "./panel-page.ts";
import { type AddiAlly, type AddiWorld, type Application, decide, newApplication, putAlly, rememberApplication } from "./world.ts";

const statuses = ["APPROVED", "PENDING", "REJECTED", "ABANDONED", "DECLINED", "INTERNAL_ERROR"] as const;
const resolveSchema = z.object({ status: z.enum(statuses) });
const createSchema = z.object({
  clientId: z.string(),
  orderId: z.string().min(1).max(255),
  amount: z.coerce.number().min(0).max(1e10),
  currency: z.string().default("COP"),
  status: z.enum(statuses).default("APPROVED"),
  callbackUrl: z.url(),
  id: z.string().min(1).max(255).optional(),
});

/** Everything that happens behind the gateway's back: knobs, late decisions, made-up callbacks. */
export function addiPanel(world: AddiWorld): Hono {
  const panel = new Hono();

  panel.get("/", (c) => c.html(page({ title: say("Créditos simulados (Addi)"), at: "/addi", body: addiSections(world, 50) })));
  panel.get("/state", (c) => c.json(stateOf(world, c.req.query("orderId"), c.req.query("clientId"))));

  panel.post("/panel/allies", async (c) => {
    const ally = putAlly(world, parseFields(addiAllySchema, await readFields(c)));
    return pressed(c, ally, "/addi");
  });

  panel.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const ally = allyNamed(world, fields.clientId);
    const base = fields.reset === "on" ? { ...defaultKnobs } : ally.knobs;
    ally.knobs = withKnobs(base, parseFields(someKnobsSchema, fields));
    return pressed(c, { clientId: ally.clientId, knobs: ally.knobs }, "/addi");
  });

  panel.post("/applications/create", (c) => make(world, c, rememberApplication));
  panel.post("/callbacks/send", (c) => make(world, c, () => {}));

  panel.post("/applications/:id/resolve", async (c) => {
    const application = world.applications.get(c.req.param("id"));
    if (!application) return unknownApplication(c);
    const fields = await readFields(c);
    const ally = allyNamed(world, application.clientId);
    const knobs = withKnobs(ally.knobs, parseFields(someKnobsSchema, fields));
    const { status } = parseFields(resolveSchema, fields);
    const approvedAmount = knobs.approvedAmount ?? application.totalAmount;
    decide(world, application, { status: knobs.unknownStatus ?? status, approvedAmount, currency: knobs.currency });
    return pressed(c, { application, callbacks: await callBack(world, { ally, application, knobs }) }, "/addi");
  });

  panel.post("/applications/:id/send-callback", async (c) => {
    const application = world.applications.get(c.req.param("id"));
    if (!application) return unknownApplication(c);
    const ally = allyNamed(world, application.clientId);
    const changes = parseFields(someKnobsSchema, { callback: "before", ...(await readFields(c)) });
    const callbacks = await callBack(world, { ally, application, knobs: withKnobs(ally.knobs, changes) });
    return pressed(c, { application, callbacks }, "/addi");
  });

  return panel;
}

/** A decided application without a page, kept or not, and its callback. */
async function make(world: AddiWorld, c: Context, keep: (world: AddiWorld, application: Application) => void) {
  const fields = await readFields(c);
  const { amount, status, ...given } = parseFields(createSchema, fields);
  const ally = allyNamed(world, given.clientId);
  const application = newApplication(world, { ...given, totalAmount: amount, buyer: "", redirectionUrl: given.callbackUrl });
  decide(world, application, { status, approvedAmount: amount, currency: undefined });
  keep(world, application);
  const changes = parseFields(someKnobsSchema, { callback: "before", ...fields, currency: undefined });
  const callbacks = await callBack(world, { ally, application, knobs: withKnobs(ally.knobs, changes) });
  return pressed(c, { application, callbacks }, "/addi");
}

function allyNamed(world: AddiWorld, clientId: string | undefined): AddiAlly {
  const ally = world.allies.get(clientId ?? "");
  if (!ally) throw new BadFields({ clientId: ["no ally has this client"] });
  return ally;
}

const unknownApplication = (c: Context) => c.json({ error: "unknown application" }, 404);

function stateOf(world: AddiWorld, orderId: string | undefined, clientId: string | undefined) {
  const isAsked = (order: string, client: string) => (orderId ?? order) === order && (clientId ?? client) === client;
  const allies = [...world.allies.values()].filter((ally) => (clientId ?? ally.clientId) === ally.clientId);
  return {
    applications: [...world.applications.values()].filter((each) => isAsked(each.orderId, each.clientId)),
    callbacks: [...world.callbacks.values()].filter((each) => isAsked(each.reference, each.account)),
    allies: allies.map(({ name, clientId: id, allySlug, knobs }) => ({ name, clientId: id, allySlug, knobs })),
  };
}
