import type { Customer } from "#contracts/caller.ts";
import type { OrderAnswer } from "#contracts/shop/order-session.ts";
import type { CustomerDocument } from "#domain/payment-provider.ts";
import { ownOrderSession } from "#queries/shop/own-session.ts";
import { soldSession } from "#queries/shop/sold-session.ts";
import { retryPayment } from "../checkouts/retry-payment.ts";
import type { Chosen } from "../payments/payment-connection.ts";

type Paying = {
  caller: Customer;
  input: Chosen & { orderId: string; token: string; document: CustomerDocument | undefined };
};

/**
 * One more payment while the order session lives; its end does not move. Refuses: order_unknown,
 * and as retryPayment does.
 */
export async function payOrderAgain({ caller, input }: Paying): Promise<OrderAnswer> {
  const own = await ownOrderSession(input);
  const { orderId: checkoutId, token, provider, connectionId, document } = input;
  const sessionToken = own.session.session_token;
  const answer = await retryPayment({ caller, input: { checkoutId, token, provider, connectionId, document, sessionToken } });
  return { ...soldSession(own), status: "active", checkoutUrl: answer.checkoutUrl, reference: answer.reference };
}
