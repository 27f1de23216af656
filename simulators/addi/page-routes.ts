import { type Context, Hono } from "hono";
import { parseFields, readFields, wantsJson } from "../fields.ts";
import { pageLanguage } from "../four-languages.ts";
import { choiceSchema, choose, isOpen } from "./decide.ts";
import { someKnobsSchema } from "./knobs.ts";
import { applicationPage, notePage } from "./page.ts";
import type { AddiWorld } from "./world.ts";

/** Serves the hosted page, `GET /apply/{application}`, and its buttons, `POST /apply`. */
export function pageRoutes(world: AddiWorld): Hono {
  const routes = new Hono();
  const find = (id: string) => {
    const application = world.applications.get(id);
    const ally = world.allies.get(application?.clientId ?? "");
    return application && ally ? { application, ally } : null;
  };

  routes.get("/apply/:application", (c) => {
    const found = find(c.req.param("application"));
    if (!found) return noted(c, 404, "unknownTitle");
    return isOpen(found.application) ? c.html(applicationPage({ ...found, ...shown(c) })) : noted(c, 409, "decidedTitle");
  });

  routes.get("/gone", (c) => c.html(notePage(shown(c), "goneTitle")));

  routes.post("/apply", async (c) => {
    const fields = await readFields(c);
    const { application: id, outcome } = parseFields(choiceSchema, fields);
    const changes = parseFields(someKnobsSchema, fields);
    const found = find(id);
    if (!found) return noted(c, 404, "unknownTitle");
    if (!isOpen(found.application)) return noted(c, 409, "decidedTitle");
    const decided = await choose(world, { ...found, outcome, changes });
    return wantsJson(c) ? c.json(decided) : c.redirect(decided.redirectionUrl ?? "/addi/gone", 303);
  });

  return routes;
}

const shown = (c: Context) => ({ language: pageLanguage(c), url: c.req.url });

function noted(c: Context, status: 404 | 409, word: "decidedTitle" | "unknownTitle") {
  return wantsJson(c) ? c.json({ refused: word }, status) : c.html(notePage(shown(c), word), status);
}
