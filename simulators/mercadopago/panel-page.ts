import { html } from "hono/html";
import { badge, button, type Html, table, when } from "../page.ts";
import { language, say } from "../words.ts";
import { refundedOf } from "./payment-shape.ts";
import type { MpAccount, MpPayment, Notice } from "./shapes.ts";
import type { MercadopagoWorld } from "./world.ts";

/** The sections about its payments, also shown on the overview. */
export function mercadopagoSections(world: MercadopagoWorld, rowsMax: number): Html {
  const payments = [...world.payments.values()].toReversed();
  const notices = [...world.notices.values()].toReversed();
  const accounts = [...world.accounts.values()].slice(-rowsMax);
  return html`
<section><div class="head"><h2>${say("Pagos en Mercado Pago")}</h2><span class="soft">${counted(payments.length, rowsMax)}</span></div>
${table([say("Referencia"), say("Pago"), say("Monto"), say("Estado"), say("Qué hacer")], payments.slice(0, rowsMax).map(paymentRow(world)), say("Aún nadie ha pagado."))}</section>
<section><div class="head"><h2>${say("Avisos enviados por Mercado Pago")}</h2><span class="soft">${counted(notices.length, rowsMax)}</span></div>
${table([say("Hora"), say("Referencia"), say("Dice"), say("Entrega"), say("Intentos y respuestas")], notices.slice(0, rowsMax).map(noticeRow), say("Aún no se ha enviado ningún aviso."))}</section>
<section><div class="head"><h2>${say("Cuentas de Mercado Pago y sus malos hábitos")}</h2></div>${accounts.map(accountCard)}</section>`;
}

const counted = (total: number, rowsMax: number) =>
  total > rowsMax ? `${say("los últimos")} ${rowsMax} ${say("de")} ${total}` : `${total}`;

const money = (amount: number, currency: string) =>
  `$ ${amount.toLocaleString(`${language()}-CO`, { maximumFractionDigits: 2 })} ${currency}`;

const states = (): Record<string, string> => ({
  approved: say("Aprobado"),
  pending: say("Pendiente"),
  in_process: say("En revisión"),
  rejected: say("Rechazado"),
  cancelled: say("Cancelado"),
  refunded: say("Devuelto"),
  in_mediation: say("En reclamo"),
  charged_back: say("En contracargo"),
});

const paymentRow =
  (world: MercadopagoWorld) =>
  (payment: MpPayment): unknown[] => {
    const refunded = refundedOf(payment);
    return [
      html`<code>${payment.reference ?? ""}</code>`,
      html`<code>${payment.id}</code><br><span class="soft">${payment.method} · ${when(payment.createdAt)}</span>`,
      html`${money(payment.amount, payment.currency)}${refunded > 0 ? html`<br><span class="soft">${say("devuelto")} ${money(refunded, payment.currency)}</span>` : ""}`,
      html`${badge(payment.status, states()[payment.status])}<br><code>${payment.statusDetail}</code>`,
      buttonsOf(world, payment),
    ];
  };

function buttonsOf(world: MercadopagoWorld, payment: MpPayment): Html {
  const path = `/mercadopago/payments/${payment.id}`;
  const press = (label: string, way: string, fields: Record<string, string> = {}, look: "good" | "bad" | "quiet" = "quiet") =>
    button({ label, path: `${path}/${way}`, fields, look });
  const chargeback = [...world.chargebacks.values()].find(({ paymentId }) => paymentId === payment.id);
  const decided = (label: string, decision: string) =>
    chargeback && button({ label, path: `/mercadopago/chargebacks/${chargeback.id}/decide`, fields: { decision }, look: "quiet" });
  const ofState =
    payment.status === "approved"
      ? [
          press(say("Devolver todo"), "refund"),
          press(say("Reclamo del comprador"), "mediation"),
          press(say("Contracargo del banco"), "chargeback", {}, "bad"),
        ]
      : payment.status === "in_mediation"
        ? [
            press(say("Gana el comercio"), "mediation", { decision: "won" }),
            press(say("Gana el comprador"), "mediation", { decision: "lost" }),
          ]
        : chargeback
          ? [decided(say("Gana el comercio"), "won"), decided(say("Gana el comprador"), "lost")]
          : [
              press(say("Aprobar"), "decide", { status: "approved" }, "good"),
              press(say("Rechazar"), "decide", { status: "rejected" }, "bad"),
              press(say("Vencer"), "decide", { status: "cancelled" }, "bad"),
            ];
  const waiting = payment.refunds.filter(({ status }) => status === "in_process");
  return html`${ofState}
${waiting.map(({ id }) => button({ label: say("La devolución falla"), path: `/mercadopago/refunds/${id}/end`, fields: { status: "rejected" }, look: "bad" }))}
${press(say("Avisar otra vez"), "tell")}${press(say("Avisar 5 a la vez"), "tell", { noticeCopies: "5" })}
${press(say("Aviso con firma falsa"), "tell", { signature: "wrong" })}${press(say("Aviso sin firma"), "tell", { signature: "none" })}`;
}

const deliveries = () => ({
  waiting: say("en espera"),
  delivered: say("entregado"),
  retrying: say("se reintentará"),
  exhausted: say("sin más intentos"),
});

function noticeRow(notice: Notice): unknown[] {
  const next = notice.nextAttemptAt ? html`<br><span class="soft">${say("próximo")}: ${when(notice.nextAttemptAt)}</span>` : "";
  const delivery = html`${badge(notice.state, deliveries()[notice.state])}${next}`;
  const attempts = html`${notice.attempts.map((attempt) => html`<div>${attempt.status ?? say("sin respuesta")} <span class="soft">${say("en")} ${attempt.milliseconds} ms</span></div>`)}
<details><summary>${say("Ver el aviso")}</summary><pre>POST ${notice.url}
x-signature: ${notice.signature}
x-request-id: ${notice.requestId}

${notice.body}</pre></details>`;
  return [
    when(notice.sentAt),
    html`<code>${notice.reference ?? ""}</code>`,
    badge(notice.status, states()[notice.status]),
    delivery,
    attempts,
  ];
}

function accountCard(account: MpAccount): Html {
  const set = (label: string, fields: Record<string, string>) =>
    button({ label, path: "/mercadopago/panel/knobs", fields: { account: account.userId, ...fields } });
  const knobs = Object.entries(account.knobs).map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`);
  return html`<div class="card"><div class="head"><h3>${account.name}</h3><code>${account.userId}</code></div>
<p class="soft">${say("Avisa a")} <code>${account.webhookUrl}</code></p>
<div class="row">${set(say("Avisar después"), { notice: "after" })}${set(say("No avisar nunca"), { notice: "never" })}${set(say("Avisar 5 a la vez"), { noticeCopies: "5" })}
${set(say("Repetir a las 2 horas"), { noticeAgainSeconds: "7200" })}${set(say("Actualizado antes que creado"), { noticeOrder: "updated_first" })}
${set(say("Firmar mal"), { signature: "wrong" })}${set(say("No firmar"), { signature: "none" })}${set(say("Aprobar a los 3 días"), { lateApprovalSeconds: "259200" })}
${set(say("Pagado al cancelar"), { cancelRace: "on" })}${set(say("Devolución en curso (409)"), { refundConflicts: "1" })}${set(say("Devolución lenta"), { refundState: "in_process" })}
${set(say("Sin saldo"), { balance: "short" })}${set(say("Búsqueda con retraso"), { searchLag: "2" })}
${set(say("API caída 5 veces"), { apiStatus: "503", apiFailures: "5" })}${set(say("API lenta"), { apiDelayMs: "3000" })}${set(say("Todo normal"), { reset: "on" })}</div>
<details><summary>${say("Todos los ajustes")}</summary><dl>${knobs}</dl></details></div>`;
}
