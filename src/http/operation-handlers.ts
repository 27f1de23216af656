import { memberHandlers } from "./accounts/members.ts";
import { ownAccountHandlers } from "./accounts/own-account.ts";
import { passkeyHandlers } from "./accounts/passkeys.ts";
import { signInHandlers } from "./accounts/sign-in.ts";
import { bookingHandlers } from "./bookings.ts";
import { documentHandlers } from "./documents.ts";
import { healthHandlers } from "./health.ts";
import { bookingDeskHandlers, type RenderCheckoutMail } from "./merchant/booking-desk.ts";
import { moveHandlers } from "./merchant/booking-moves.ts";
import { bookingsListHandlers } from "./merchant/bookings-list.ts";
import { byHandHandlers } from "./merchant/by-hand.ts";
import { calendarHandlers } from "./merchant/calendar.ts";
import { calendarInvitationHandlers } from "./merchant/calendar-invitations.ts";
import { callbackHandlers } from "./merchant/callbacks.ts";
import { customerHandlers } from "./merchant/customers.ts";
import { eventHandlers } from "./merchant/events.ts";
import { firstRunHandlers, type RenderTestMail } from "./merchant/first-run.ts";
import { followUpHandlers } from "./merchant/follow-ups.ts";
import { keyHandlers } from "./merchant/keys.ts";
import { arrivalHandlers } from "./merchant/ledger/arrivals.ts";
import { checkHandlers } from "./merchant/ledger/checks.ts";
import { disputeHandlers } from "./merchant/ledger/disputes.ts";
import { inquiryHandlers } from "./merchant/ledger/inquiries.ts";
import { ledgerHandlers } from "./merchant/ledger/ledger.ts";
import { paymentsListHandlers } from "./merchant/ledger/payments-list.ts";
import { proofHandlers } from "./merchant/ledger/proofs.ts";
import { linkHandlers } from "./merchant/links.ts";
import { locationHandlers } from "./merchant/locations.ts";
import { metricsHandlers } from "./merchant/metrics.ts";
import { deskMoneyHandlers } from "./merchant/money.ts";
import { noticeHandlers } from "./merchant/notices.ts";
import { paymentHandlers } from "./merchant/payments.ts";
import { professionalHandlers } from "./merchant/professionals.ts";
import { serviceHandlers } from "./merchant/services.ts";
import { settingsHandlers } from "./merchant/settings.ts";
import { discountHandlers } from "./merchant/shop/discounts.ts";
import { productHandlers } from "./merchant/shop/products.ts";
import { shopHandlers } from "./merchant/shop/shop.ts";
import { operatorHandlers } from "./operator.ts";
import { orderSessionAdminHandlers } from "./shop/admin.ts";
import { orderDeliveryHandlers } from "./shop/order-deliveries.ts";
import { orderDeskHandlers } from "./shop/order-desk.ts";
import { orderSessionHandlers } from "./shop/order-sessions.ts";
import { ordersListHandlers } from "./shop/orders-list.ts";
import { storeHandlers } from "./shop/store.ts";
import { slotHandlers } from "./slots.ts";
import { webhookHandlers } from "./webhooks.ts";

/** What the process puts in: jobs and mails are rooms that this one does not know. */
export type Parts = { runDueJobs: () => Promise<void>; renderTestMail?: RenderTestMail; renderCheckoutMail?: RenderCheckoutMail };

/** Each answers one operation; the types of `routes` ask for all of them. */
export function handlersOf(parts: Parts) {
  return {
    ...slotHandlers,
    ...bookingHandlers,
    ...storeHandlers,
    ...orderSessionAdminHandlers,
    ...orderSessionHandlers,
    ...ordersListHandlers,
    ...orderDeskHandlers,
    ...orderDeliveryHandlers(parts.renderCheckoutMail),
    ...bookingDeskHandlers(parts.renderCheckoutMail),
    ...deskMoneyHandlers,
    ...followUpHandlers,
    ...paymentsListHandlers,
    ...ledgerHandlers,
    ...arrivalHandlers,
    ...checkHandlers,
    ...inquiryHandlers,
    ...proofHandlers,
    ...disputeHandlers,
    ...noticeHandlers,
    ...bookingsListHandlers,
    ...moveHandlers,
    ...customerHandlers,
    ...byHandHandlers,
    ...calendarHandlers,
    ...linkHandlers,
    ...firstRunHandlers(parts.renderTestMail),
    ...metricsHandlers,
    ...serviceHandlers,
    ...productHandlers,
    ...discountHandlers,
    ...shopHandlers,
    ...paymentHandlers,
    ...keyHandlers,
    ...eventHandlers,
    ...webhookHandlers,
    ...settingsHandlers,
    ...callbackHandlers,
    ...locationHandlers,
    ...signInHandlers,
    ...passkeyHandlers,
    ...ownAccountHandlers,
    ...memberHandlers,
    ...professionalHandlers,
    ...calendarInvitationHandlers,
    ...operatorHandlers(parts),
    ...healthHandlers,
    ...documentHandlers,
  };
}
