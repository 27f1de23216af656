import { Hono } from "hono";
import { parseFields, pressed, readFields } from "../fields.ts";
import { page } from "../page.ts";
import { say } from "../words.ts";
import { dailyKnobsSchema, defaultDailyKnobs } from "./knobs.ts";
import { dailySection, roomPage } from "./pages.ts";
import { type DailyWorld, roomShape } from "./rooms.ts";

export function dailyPanel(world: DailyWorld): Hono {
  const panel = new Hono();

  panel.get("/", (c) => c.html(page({ title: say("Salas simuladas (Daily)"), at: "/daily", body: dailySection(world, 100) })));

  panel.get("/state", (c) => {
    const rooms = [...world.rooms.values()].map((room) => roomShape(world, room));
    return c.json({ rooms, counts: Object.fromEntries(world.counts), tokens: world.tokens, knobs: world.knobs });
  });

  panel.post("/panel/knobs", async (c) => {
    const fields = await readFields(c);
    const base = fields.reset === "on" ? defaultDailyKnobs : world.knobs;
    world.knobs = { ...base, ...parseFields(dailyKnobsSchema, fields) };
    return pressed(c, world.knobs, "/daily");
  });

  panel.get("/room/:name", (c) => {
    const room = world.rooms.get(c.req.param("name"));
    return c.html(roomPage(world, { name: c.req.param("name"), room, token: c.req.query("t") }), room ? 200 : 404);
  });

  return panel;
}
