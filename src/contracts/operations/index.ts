import { memberOperations } from "./accounts/members.ts";
import { ownAccountOperations } from "./accounts/own-account.ts";
import { passkeyOperations } from "./accounts/passkeys.ts";
import { signInOperations } from "./accounts/sign-in.ts";
import { bookingOperations } from "./bookings.ts";
import { calendarInvitationOperations } from "./calendar-invitations.ts";
import { customerOperations } from "./customers/customers.ts";
import { bookingDeskOperations } from "./desk/booking.ts";
import { bookingsListOperations } from "./desk/bookings-list.ts";
import { byHandOperations } from "./desk/by-hand.ts";
import { calendarOperations } from "./desk/calendar.ts";
import { followUpOperations } from "./desk/follow-ups.ts";
import { deskMoneyOperations } from "./desk/money.ts";
import { moveOperations } from "./desk/moves.ts";
import { documentOperations } from "./documents.ts";
import { eventOperations } from "./events.ts";
import { healthOperations } from "./health.ts";
import { keyOperations } from "./keys.ts";
import { arrivalOperations } from "./ledger/arrivals.ts";
import { checkOperations } from "./ledger/checks.ts";
import { disputeOperations } from "./ledger/disputes.ts";
import { inquiryOperations } from "./ledger/inquiries.ts";
import { ledgerOperations } from "./ledger/ledger.ts";
import { paymentsListOperations } from "./ledger/payments-list.ts";
import { proofOperations } from "./ledger/proofs.ts";
import { firstRunOperations } from "./links/first-run.ts";
import { linkOperations } from "./links/links.ts";
import { metricsOperations } from "./metrics/metrics.ts";
import { noticeOperations } from "./notices.ts";
import { operatorOperations } from "./operator.ts";
import { paymentOperations } from "./payments.ts";
import { professionalOperations } from "./professionals.ts";
import { serviceOperations } from "./services.ts";
import { callbackOperations } from "./settings/callbacks.ts";
import { locationOperations } from "./settings/locations.ts";
import { settingsOperations } from "./settings/tenant.ts";
import { orderSessionAdminOperations } from "./shop/admin.ts";
import { orderDeliveryOperations } from "./shop/order-deliveries.ts";
import { orderDeskOperations } from "./shop/order-desk.ts";
import { orderSessionOperations } from "./shop/order-sessions.ts";
import { ordersListOperations } from "./shop/orders-list.ts";
import { storeOperations } from "./shop/store.ts";
import { discountOperations } from "./shop-desk/discounts.ts";
import { productOperations } from "./shop-desk/products.ts";
import { shopOperations } from "./shop-desk/shop.ts";
import { slotOperations } from "./slots.ts";
import { webhookOperations } from "./webhooks.ts";

/** Every stable URL. `http/app.ts` has no other routes. */
export const operations = [
  ...slotOperations,
  ...bookingOperations,
  ...storeOperations,
  ...orderSessionAdminOperations,
  ...orderSessionOperations,
  ...ordersListOperations,
  ...orderDeskOperations,
  ...orderDeliveryOperations,
  ...bookingDeskOperations,
  ...deskMoneyOperations,
  ...followUpOperations,
  ...paymentsListOperations,
  ...ledgerOperations,
  ...arrivalOperations,
  ...checkOperations,
  ...inquiryOperations,
  ...proofOperations,
  ...disputeOperations,
  ...noticeOperations,
  ...bookingsListOperations,
  ...moveOperations,
  ...customerOperations,
  ...byHandOperations,
  ...calendarOperations,
  ...linkOperations,
  ...firstRunOperations,
  ...metricsOperations,
  ...serviceOperations,
  ...productOperations,
  ...discountOperations,
  ...shopOperations,
  ...paymentOperations,
  ...keyOperations,
  ...eventOperations,
  ...webhookOperations,
  ...settingsOperations,
  ...callbackOperations,
  ...locationOperations,
  ...signInOperations,
  ...passkeyOperations,
  ...ownAccountOperations,
  ...memberOperations,
  ...professionalOperations,
  ...calendarInvitationOperations,
  ...operatorOperations,
  ...healthOperations,
  ...documentOperations,
] as const;
