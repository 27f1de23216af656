import { Hono } from "hono";
import { z } from "zod";
import { BadFields, parseFields, pressed, readFields } from "../fields.ts";
import { decideChargeback, decideMediation, openChargeback, openMediation } from "./disputes.ts";
import { accountNamed, paymentNamed } from "./named.ts";
import { announce } from "./notices.ts";
import { createRefund, endRefund } from "./refunds.ts";
import type { MercadopagoWorld } from "./world.ts";

const amountSchema = z.object({ amount: z.coerce.number().positive().optional() });
const decisionSchema = z.object({ decision: z.enum(["won", "lost"]) });
const endSchema = z.object({ status: z.enum(["approved", "rejected"]) });

/** Money that goes back without the gateway: in the panel, by a buyer's complaint, by a bank. */
export function moneyPanel(world: MercadopagoWorld): Hono {
  const panel = new Hono();
  const at = "/mercadopago";

  panel.post("/payments/:id/refund", async (c) => {
    const payment = paymentNamed(world, c.req.param("id"));
    const { amount } = parseFields(amountSchema, await readFields(c));
    const refund = createRefund(world, payment, { body: { amount }, source: "collector" });
    if ("body" in refund) throw new BadFields({ refund: [refund.body.message] });
    return pressed(c, { refund, payment }, at);
  });

  panel.post("/refunds/:id/end", async (c) => {
    const { status } = parseFields(endSchema, await readFields(c));
    const payment = [...world.payments.values()].find(({ refunds }) => refunds.some(({ id }) => id === c.req.param("id")));
    const refund = payment?.refunds.find(({ id }) => id === c.req.param("id"));
    if (!payment || !refund) throw new BadFields({ refund: ["there is no such refund"] });
    endRefund(world, { payment, refund }, status);
    const account = accountNamed(world, payment.userId);
    const notices = await announce(world, { account, payment, knobs: account.knobs, action: "payment.updated" });
    return pressed(c, { refund, notices }, at);
  });

  panel.post("/payments/:id/chargeback", async (c) => {
    const payment = paymentNamed(world, c.req.param("id"));
    const { amount = payment.amount } = parseFields(amountSchema, await readFields(c));
    return pressed(c, await openChargeback(world, payment, { account: accountNamed(world, payment.userId), amount }), at);
  });

  panel.post("/chargebacks/:id/decide", async (c) => {
    const { decision } = parseFields(decisionSchema, await readFields(c));
    const chargeback = world.chargebacks.get(c.req.param("id"));
    if (!chargeback) throw new BadFields({ chargeback: ["there is no such chargeback"] });
    const payment = paymentNamed(world, chargeback.paymentId);
    const notices = await decideChargeback(world, { account: accountNamed(world, payment.userId), payment, chargeback }, decision);
    return pressed(c, { payment, notices }, at);
  });

  panel.post("/payments/:id/mediation", async (c) => {
    const payment = paymentNamed(world, c.req.param("id"));
    const fields = await readFields(c);
    const account = accountNamed(world, payment.userId);
    const notices =
      fields.decision === undefined
        ? await openMediation(world, payment, account)
        : await decideMediation(world, payment, { account, ...parseFields(decisionSchema, fields) });
    return pressed(c, { payment, notices }, at);
  });

  return panel;
}
