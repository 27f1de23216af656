import { randomInt } from "node:crypto";
import { announce } from "./notices.ts";
import type { Chargeback, MpAccount, MpPayment } from "./shapes.ts";
import { changeStatus, isoOf, type MercadopagoWorld } from "./world.ts";

/** The bank takes the money back. Its case has an id of 18 digits. */
export async function openChargeback(
  world: MercadopagoWorld,
  payment: MpPayment,
  { account, amount }: { account: MpAccount; amount: number },
) {
  const chargeback: Chargeback = {
    id: `217000${randomInt(100_000_000_000, 200_000_000_000)}`,
    paymentId: payment.id,
    amount,
    documentation: "pending",
    createdAt: isoOf(world.clock.now()),
  };
  world.chargebacks.set(chargeback.id, chargeback);
  changeStatus(world, payment, ["charged_back", "in_process"]);
  const notices = await announce(world, { account, payment, chargeback, knobs: account.knobs, action: "payment.updated" });
  return { chargeback, notices };
}

export async function decideChargeback(
  world: MercadopagoWorld,
  { account, payment, chargeback }: { account: MpAccount; payment: MpPayment; chargeback: Chargeback },
  decision: "won" | "lost",
) {
  chargeback.documentation = decision === "won" ? "valid" : "invalid";
  changeStatus(world, payment, ["charged_back", decision === "won" ? "reimbursed" : "settled"]);
  return announce(world, { account, payment, chargeback, knobs: account.knobs, action: "payment.updated" });
}

/** The buyer complains to Mercado Pago, which keeps the money meanwhile. */
export function openMediation(world: MercadopagoWorld, payment: MpPayment, account: MpAccount) {
  changeStatus(world, payment, ["in_mediation", "pending"]);
  return announce(world, { account, payment, knobs: account.knobs, action: "payment.updated" });
}

export function decideMediation(
  world: MercadopagoWorld,
  payment: MpPayment,
  { account, decision }: { account: MpAccount; decision: "won" | "lost" },
) {
  changeStatus(world, payment, decision === "won" ? ["approved", "accredited"] : ["refunded", "by_admin"]);
  return announce(world, { account, payment, knobs: account.knobs, action: "payment.updated" });
}
