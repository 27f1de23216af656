import { post } from "../post.ts";
import { toMajor } from "./mercadopago-fields.ts";
import type { MoneyBack } from "./payer.ts";

/** What becomes of approved money at the simulated Mercado Pago without us. */
export function mercadopagoMoneyBack(at: string): Required<MoneyBack> {
  return {
    async refund(chargeId, amountMinor) {
      const { refund } = (await post(`${at}/payments/${chargeId}/refund`, { amount: toMajor(amountMinor) })) as { refund: { id: string } };
      return refund.id;
    },
    failRefund: async (id) => void (await post(`${at}/refunds/${id}/end`, { status: "rejected" })),
    balance: async (account, is) => {
      const number = account.credentials["accessToken"]?.split("-").at(-1);
      await post(`${at}/panel/knobs`, { account: number, balance: is });
    },
    async dispute(chargeId, kind, amountMinor) {
      if (kind === "inquiry") {
        await post(`${at}/payments/${chargeId}/mediation`, {});
        return `mediation-${chargeId}`;
      }
      const fields = amountMinor === undefined ? {} : { amount: toMajor(amountMinor) };
      const { chargeback } = (await post(`${at}/payments/${chargeId}/chargeback`, fields)) as { chargeback: { id: string } };
      return chargeback.id;
    },
    async decideDispute(id, decision) {
      const payment = /^mediation-(\d+)$/.exec(id)?.[1];
      await post(payment ? `${at}/payments/${payment}/mediation` : `${at}/chargebacks/${id}/decide`, { decision });
    },
  };
}
