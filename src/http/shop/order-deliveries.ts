import { runFollowUpAgain } from "#commands/follow-ups/run-again.ts";
import type { orderDeliveryOperations } from "#contracts/operations/shop/order-deliveries.ts";
import { Refusal } from "#contracts/problem.ts";
import { loadOrderDeliveries } from "#queries/shop-desk/order-deliveries.ts";
import { requireOrder } from "#queries/shop-desk/order-page.ts";
import type { RenderCheckoutMail } from "../merchant/booking-desk.ts";
import type { HandlersOf } from "../route.ts";

/** What an order set in motion. A mail is written again as a booking's is. */
export const orderDeliveryHandlers = (renderMail: RenderCheckoutMail | undefined): HandlersOf<typeof orderDeliveryOperations> => ({
  getOrderDeliveries: ({ caller, input }) => loadOrderDeliveries({ viewer: caller, orderId: input.params.id }),

  async getOrderMail({ caller, input: { params }, c }) {
    await requireOrder({ viewer: caller, orderId: params.id });
    const html = await renderMail?.({ tenantId: caller.tenantId, checkoutId: params.id, followUpId: params.followUp });
    if (!html) throw new Refusal("follow_up_unknown");
    return c.html(html);
  },

  async runOrderFollowUp({ caller, input: { params } }) {
    const place = { viewer: caller, orderId: params.id };
    const { followUps } = await loadOrderDeliveries(place);
    if (!followUps.some(({ id }) => id === params.followUp)) throw new Refusal("follow_up_unknown");
    const followUp = { tenantId: caller.tenantId, followUpId: params.followUp, subjectId: params.id };
    if (!(await runFollowUpAgain({ caller, input: followUp }))) throw new Refusal("follow_up_over");
    return loadOrderDeliveries(place);
  },
});
