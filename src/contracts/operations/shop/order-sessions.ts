import { z } from "zod";
import { orderAnswer, orderPaymentRequest, orderRequest, orderSessionState } from "../../shop/order-session.ts";
import { described, json, type Operation } from "../operation.ts";
import { orderAnswerExample, orderEventExample, orderPaymentExample, orderRequestExample, orderStateExample } from "./examples.ts";
import { ofCart, storeChange, storeRead } from "./store.ts";

/** A wrong token, a missing token and an unknown id get the same answer. */
const ofSession = {
  params: described(z.object({ id: z.uuid() }), { id: "The order session's id, which is also its order's." }, "order_unknown"),
  query: described(z.object({ token: z.string() }), { token: "As the checkout gave it." }, "order_unknown"),
} as const;
const payingRefusals = [
  "too_many_payments",
  "provider_not_offered",
  "amount_not_payable",
  "document_required",
  "provider_unavailable",
] as const;

/** From the cart to the payment page, and what the order's page shows. */
export const orderSessionOperations = [
  {
    ...storeChange,
    id: "checkOutCart",
    methods: ["post"],
    path: "/store/carts/{id}/checkout",
    summary: "Go to the payment page with a cart",
    limit: "payments",
    takesKey: "beside_proof",
    params: ofCart,
    body: orderRequest,
    bodyExamples: { checkout: orderRequestExample },
    answer: json(
      201,
      orderAnswer,
      "Send the customer to checkoutUrl. Prices, discount, delivery and address are frozen and the stock is kept until expiresAt; there is no order until it is paid. The same request again leads to the same order session; any other takes its place. If the total is 0, no provider is needed: it is paid at once. With cart_changed the problem holds the cart as it is now, and with out_of_stock what is left.",
      orderAnswerExample,
    ),
    refusals: [
      "shop_closed",
      "cart_empty",
      "cart_finished",
      "cart_changed",
      "quantity_limit",
      "out_of_stock",
      "discount_unknown",
      "discount_not_yet",
      "discount_over",
      "discount_minimum",
      "discount_not_for_these",
      "discount_used_up",
      "shipping_required",
      "shipping_unknown",
      "address_required",
      "too_heavy",
      "phone_invalid",
      "email_unsendable",
      "customer_blocked",
      ...payingRefusals,
    ],
  },
  {
    ...storeRead,
    ...ofSession,
    id: "getOrderSession",
    path: "/store/order-sessions/{id}",
    summary: "The state of an order session, with its order once it is paid",
    isPrivate: true,
    answer: json(200, orderSessionState, "What the order's page shows.", orderStateExample),
  },
  {
    ...storeRead,
    ...ofSession,
    id: "streamOrderEvents",
    path: "/store/order-sessions/{id}/events",
    summary: "The state as server-sent events: one `state` at once and one at every change",
    answer: {
      status: 200,
      contentType: "text/event-stream",
      description: "Each event's data is the same object as the state itself.",
      example: orderEventExample,
    },
  },
  {
    ...storeChange,
    ...ofSession,
    id: "payOrderSession",
    methods: ["post"],
    path: "/store/order-sessions/{id}/payments",
    summary: "Try to pay again while the order session lives",
    limit: "payments",
    takesKey: "beside_proof",
    body: orderPaymentRequest,
    bodyExamples: { payment: orderPaymentExample },
    answer: json(201, orderAnswer, "A new payment with a new reference. The end does not move.", orderAnswerExample),
    refusals: ["checkout_closed", "already_paid", ...payingRefusals],
  },
  {
    ...storeChange,
    ...ofSession,
    id: "cancelOrderSession",
    methods: ["post"],
    path: "/store/order-sessions/{id}/cancel",
    summary: "Give up an order session: its stock is free at once",
    limit: "changes",
    answer: json(200, orderSessionState, "The cart stays as it is. A repeat changes nothing.", {
      ...orderStateExample,
      status: "cancelled",
      checkoutStatus: "cancelled",
      paymentStatus: "pending",
      isProcessed: false,
      order: null,
      returnUrl: null,
    }),
    refusals: ["already_paid"],
  },
] as const satisfies readonly Operation[];
