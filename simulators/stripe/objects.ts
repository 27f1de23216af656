import type { BalanceTransaction, Charge, Dispute, Intent, Refund, Session, StripeAccount } from "./shapes.ts";
import { disputesOf, isLive, refundsOf, type StripeWorld } from "./world.ts";

/** Which fields are shown whole, as `expand[]` names them: `payment_intent.latest_charge`. */
export type Expand = readonly string[];
const inside = (expand: Expand, field: string): Expand | null => {
  const paths = expand.filter((path) => path === field || path.startsWith(`${field}.`));
  return paths.length === 0 ? null : paths.map((path) => path.slice(field.length + 1)).filter((path) => path !== "");
};

const livemode = (world: StripeWorld, accountId: string): boolean => {
  const account = world.accounts.get(accountId);
  return account ? isLive(account) : false;
};

export function sessionObject(world: StripeWorld, session: Session, expand: Expand = []): object {
  const intent = session.intentId === null ? null : world.intents.get(session.intentId);
  const whole = inside(expand, "payment_intent");
  const badRows = world.accounts.get(session.accountId)?.knobs.apiBadRows ?? 0;
  return {
    id: session.id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    amount_subtotal: session.amountTotal,
    amount_total: session.amountTotal,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    created: session.created,
    currency: session.currency,
    customer: null,
    customer_details: session.customerEmail ? { email: session.customerEmail, name: null, phone: null } : null,
    customer_email: session.customerEmail,
    excluded_payment_method_types: session.excludedMethods,
    expires_at: session.expiresAt,
    livemode: livemode(world, session.accountId),
    locale: session.locale,
    metadata: session.metadata,
    mode: "payment",
    payment_intent: whole && badRows > 0 ? badIntent(intent?.id) : intent && whole ? intentObject(world, intent, whole) : session.intentId,
    payment_method_types: session.excludedMethods.includes("oxxo") ? ["card"] : ["card", "oxxo"],
    payment_status: session.paymentStatus,
    recovered_from: null,
    status: session.status,
    success_url: session.successUrl,
    ui_mode: "hosted_page",
    url: session.status === "open" ? session.url : null,
  };
}

/** As no documentation has it. */
const badIntent = (id = "pi_bad"): object => ({ id, object: "payment_intent", amount: "mil pesos" });

export function intentObject(world: StripeWorld, intent: Intent, expand: Expand = []): object {
  const isLagging = intent.lagReadsLeft > 0;
  const charge = intent.chargeId === null || isLagging ? undefined : world.charges.get(intent.chargeId);
  const whole = inside(expand, "latest_charge");
  const status = isLagging ? "processing" : intent.status;
  return {
    id: intent.id,
    object: "payment_intent",
    amount: intent.amount,
    amount_received: status === "succeeded" ? intent.amount : 0,
    canceled_at: intent.canceledAt,
    capture_method: "automatic_async",
    client_secret: `${intent.id}_secret_simulated`,
    created: intent.created,
    currency: intent.currency,
    description: intent.description,
    last_payment_error: intent.lastError && !isLagging ? errorObject(intent.lastError) : null,
    latest_charge: charge && whole ? chargeObject(world, charge, whole) : (charge?.id ?? null),
    livemode: livemode(world, intent.accountId),
    metadata: intent.metadata,
    payment_method_types: [intent.method],
    status,
  };
}

const errorObject = ({ code, declineCode, message }: NonNullable<Intent["lastError"]>): object => ({
  type: "card_error",
  code,
  decline_code: declineCode,
  message,
});

export function chargeObject(world: StripeWorld, charge: Charge, expand: Expand = []): object {
  const intent = world.intents.get(charge.intentId);
  const balance = charge.balanceTransactionId === null ? undefined : world.balance.get(charge.balanceTransactionId);
  const card = { brand: "visa", last4: charge.cardLast4, country: "CO", exp_month: 12, exp_year: 2034, funding: "credit" };
  return {
    id: charge.id,
    object: "charge",
    amount: charge.amount,
    amount_captured: charge.status === "succeeded" ? charge.amount : 0,
    amount_refunded: charge.amountRefunded,
    balance_transaction: balance && inside(expand, "balance_transaction") ? balanceObject(balance) : charge.balanceTransactionId,
    billing_details: { email: null, name: null, phone: null },
    captured: charge.status === "succeeded",
    created: charge.created,
    currency: charge.currency,
    disputed: charge.disputed,
    failure_code: charge.failure?.code ?? null,
    failure_message: charge.failure?.message ?? null,
    livemode: livemode(world, charge.accountId),
    // Copied from the payment when the charge is made.
    metadata: intent?.metadata ?? {},
    paid: charge.status === "succeeded",
    payment_intent: charge.intentId,
    payment_method_details: charge.method === "card" ? { type: "card", card } : { type: charge.method, [charge.method]: {} },
    refunded: charge.amountRefunded >= charge.amount,
    ...(inside(expand, "refunds") && { refunds: shortList(refundsOf(world, charge.id).map((refund) => refundObject(refund))) }),
    status: charge.status,
  };
}

const shortListMax = 10;
const shortList = (rows: object[]): object => ({
  object: "list",
  data: rows.slice(0, shortListMax),
  has_more: rows.length > shortListMax,
  url: "/v1/refunds",
});

export function refundObject(refund: Refund): object {
  return {
    id: refund.id,
    object: "refund",
    amount: refund.amount,
    balance_transaction: null,
    charge: refund.chargeId,
    created: refund.created,
    currency: refund.currency,
    metadata: refund.metadata,
    payment_intent: refund.intentId,
    reason: refund.reason,
    receipt_number: null,
    status: refund.status,
    ...(refund.pendingReason && { pending_reason: refund.pendingReason }),
    ...(refund.failureReason && { failure_reason: refund.failureReason }),
  };
}

export function disputeObject(world: StripeWorld, dispute: Dispute): object {
  const entries = dispute.balanceTransactionIds.flatMap((id) => world.balance.get(id) ?? []);
  return {
    id: dispute.id,
    object: "dispute",
    amount: dispute.amount,
    balance_transactions: entries.map(balanceObject),
    charge: dispute.chargeId,
    created: dispute.created,
    currency: dispute.currency,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: { due_by: dispute.dueBy, has_evidence: false, past_due: false, submission_count: 0 },
    is_charge_refundable: dispute.isRefundable,
    livemode: livemode(world, dispute.accountId),
    metadata: {},
    payment_intent: dispute.intentId,
    reason: dispute.reason,
    status: dispute.status,
  };
}

export function balanceObject(entry: BalanceTransaction): object {
  return {
    id: entry.id,
    object: "balance_transaction",
    amount: entry.amount,
    available_on: entry.availableOn,
    balance_type: "payments",
    created: entry.created,
    currency: entry.currency,
    description: null,
    exchange_rate: null,
    fee: entry.fee,
    fee_details:
      entry.fee === 0
        ? []
        : [{ amount: entry.fee, application: null, currency: entry.currency, description: "Stripe processing fees", type: "stripe_fee" }],
    net: entry.amount - entry.fee,
    reporting_category: entry.type === "adjustment" ? "dispute" : entry.type,
    source: entry.source,
    status: "pending",
    type: entry.type,
  };
}

export function accountObject(account: StripeAccount): object {
  return {
    id: account.accountId,
    object: "account",
    business_profile: { name: account.name },
    business_type: "company",
    capabilities: { card_payments: "active", transfers: "active" },
    charges_enabled: true,
    country: "MX",
    default_currency: "cop",
    details_submitted: true,
    payouts_enabled: true,
    settings: { dashboard: { display_name: account.name, timezone: "America/Bogota" } },
    type: "standard",
  };
}

/** Whether somebody disputes it now, for the panel. */
export const openDispute = (world: StripeWorld, chargeId: string): Dispute | undefined =>
  disputesOf(world, chargeId).find(({ status }) => !["won", "lost", "warning_closed"].includes(status));
