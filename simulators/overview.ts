import { html } from "hono/html";
import { addiSections } from "./addi/panel-page.ts";
import { boldSections } from "./bold/panel-page.ts";
import { dailySection } from "./daily/pages.ts";
import { mailSection } from "./mail/pages.ts";
import { mercadopagoSections } from "./mercadopago/panel-page.ts";
import { serverSections } from "./merchant/pages.ts";
import { button, type Html, page, when } from "./page.ts";
import { stripeSections } from "./stripe/panel-page.ts";
import { wompiSections } from "./wompi/panel-page.ts";
import { say } from "./words.ts";
import type { World } from "./world.ts";

const rowsMax = 10;
const serversMax = 5;

const jumps = () => [
  { label: say("30 minutos"), seconds: 1800 },
  { label: say("3 horas"), seconds: 10_800 },
  { label: say("1 día"), seconds: 86_400 },
];

/** Shows everything outside the gateway on one page. */
export function overviewPage(world: World, refresh: string | undefined): Html {
  const refreshSeconds = Math.min(Math.max(Math.floor(Number(refresh)) || 0, 0), 3600);
  const body = html`<p class="soft">${say("Lo que está fuera de Konfirmado, en un solo lugar. Nada de esto es dinero, correo ni video de verdad.")}
${refreshSeconds > 0 ? html`<a href="/">${say("Dejar de actualizar")}</a>` : html`<a href="/?refresh=5">${say("Actualizar cada 5 segundos")}</a>`}</p>
${wompiSections(world.wompi, rowsMax)}
${mercadopagoSections(world.mercadopago, rowsMax)}
${stripeSections(world.stripe, rowsMax)}
${boldSections(world.bold, rowsMax)}
${addiSections(world.addi, rowsMax)}
${dailySection(world.daily, rowsMax)}
${mailSection(world.inbox, { rowsMax })}
${[...world.merchantServers.byId.values()].slice(0, serversMax).map((server) => serverSections(server, rowsMax))}
<section><div class="head"><h2>${say("Reloj del mundo simulado")}</h2>${when(new Date(world.clock.now()).toISOString())}</div>
<p class="soft">${say("Adelantarlo envía los avisos que esperan un reintento.")}</p>
<div class="row">${jumps().map(({ label, seconds }) => button({ label: `${say("Adelantar")} ${label}`, path: "/clock/advance", fields: { seconds: String(seconds) } }))}
${button({ label: say("Borrar todo"), path: "/reset", look: "bad" })}</div></section>`;
  return page({ title: say("El mundo simulado"), at: "/", body, refreshSeconds });
}
