import { html } from "hono/html";
import { badge, button, type Html, plainPage, table, when } from "../page.ts";
import { say } from "../words.ts";
import { countsOf, type DailyWorld, isExpired, type Room, roomShape } from "./rooms.ts";
import { readToken } from "./tokens.ts";

export function dailySection(world: DailyWorld, rowsMax: number): Html {
  const rooms = [...world.rooms.values()].toReversed().slice(0, rowsMax);
  const set = (label: string, fields: Record<string, string>) => button({ label, path: "/daily/panel/knobs", fields });
  return html`<section><div class="head"><h2>${say("Salas de video")}</h2><span class="soft">${world.rooms.size}</span></div>
${table(
  [say("Sala"), say("Acceso"), say("Abre"), say("Cierra"), say("Creada")],
  rooms.map((room) => roomRow(world, room)),
  say("Ninguna sala existe todavía."),
)}
<div class="row" style="margin-top:12px">${set(say("Fallar una vez (500)"), { failNext: "1", failStatus: "500" })}${set(say("Fallar una vez (429)"), { failNext: "1", failStatus: "429" })}
${set(say("Crear y responder 500"), { failAfterEffect: "1" })}${set(say("Lento"), { delayMs: "3000" })}${set(say("Todo normal"), { reset: "on" })}</div></section>`;
}

function roomRow(world: DailyWorld, room: Room): unknown[] {
  const { created, asked } = countsOf(world, room.name);
  return [
    html`<a href="${roomShape(world, room).url}">${room.name}</a>`,
    room.privacy === "private" ? say("privada") : say("pública"),
    secondsTime(room.properties.nbf),
    html`${secondsTime(room.properties.exp)} ${isExpired(world, room) ? badge("ERROR", say("vencida")) : ""}`,
    html`${when(room.createdAt)}<br><span class="soft">${say("veces creada y pedida:")} ${created}, ${asked}</span>`,
  ];
}

const secondsTime = (seconds: unknown): Html | string =>
  typeof seconds === "number" ? when(new Date(seconds * 1000).toISOString()) : say("sin límite");

type Visit = { name: string; room: Room | undefined; token: string | undefined };

/** Shows what somebody sees who opens a meeting link. */
export function roomPage(world: DailyWorld, { name, room, token }: Visit): Html {
  if (!room)
    return plainPage(
      say("La sala no existe"),
      html`<div class="card"><h1>${say("La sala no existe")}</h1><p class="note bad">${say("No hay ninguna sala")} <code>${name}</code>.</p></div>`,
    );
  const claims = token === undefined ? null : readToken(world, token);
  const refusal = refuseEntry(world, { room, token, claims });
  return plainPage(
    `${say("Sala")} ${name}`,
    html`<div class="card"><h1>${say("Sala simulada")}</h1><p><code>${name}</code></p>
${refusal ? html`<p class="note bad" role="alert">${refusal}</p>` : html`<p class="note" style="border-color:var(--good);background:#eaf7ef">${say("Puedes entrar a la sala.")}</p>`}
<dl><dt>${say("Acceso")}</dt><dd>${room.privacy === "private" ? say("Privada: se necesita un pase") : say("Pública")}</dd>
<dt>${say("La sala abre")}</dt><dd>${secondsTime(room.properties.nbf)}</dd><dt>${say("La sala cierra")}</dt><dd>${secondsTime(room.properties.exp)}</dd>
${
  claims
    ? html`<dt>${say("El pase abre")}</dt><dd>${secondsTime(claims.nbf)}</dd><dt>${say("El pase vence")}</dt><dd>${secondsTime(claims.exp)}</dd>
<dt>${say("A nombre de")}</dt><dd>${claims.user_name ?? say("nadie")}${claims.is_owner === true ? ` ${say("(anfitrión)")}` : ""}</dd>`
    : ""
}</dl></div>`,
  );
}

function refuseEntry(
  world: DailyWorld,
  { room, token, claims }: { room: Room; token: string | undefined; claims: Record<string, unknown> | null },
): string | null {
  const now = world.clock.now() / 1000;
  const isBefore = (seconds: unknown) => typeof seconds === "number" && now < seconds;
  const isAfter = (seconds: unknown) => typeof seconds === "number" && now >= seconds;
  if (isAfter(room.properties.exp)) return say("La sala ya cerró.");
  if (token !== undefined && !claims) return say("El pase no es válido.");
  if (claims?.room_name !== undefined && claims.room_name !== room.name) return say("El pase es de otra sala.");
  if (claims && isAfter(claims.exp)) return say("El pase ya venció.");
  if (isBefore(room.properties.nbf) || isBefore(claims?.nbf)) return say("La sala todavía no abre.");
  return room.privacy === "private" && !claims ? say("La sala es privada: falta el pase.") : null;
}
