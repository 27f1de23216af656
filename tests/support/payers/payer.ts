import type { ChargeState } from "#domain/payment-states.ts";

/**
 * What a buyer does on the provider's page. `decline_and_stay`: the same page may be paid again.
 */
export const outcomes = ["approve", "approve_without_return", "decline", "decline_and_stay", "error", "pending", "leave_unpaid"] as const;
export type Outcome = (typeof outcomes)[number];

/** Money of a card goes back by a call; of the others only a person may send it back. */
export type PayMethod = "card" | "wallet" | "bank_transfer";
/** What a bank, or a person in the provider's panel, may still decide about a charge. */
export type Decision = Extract<ChargeState, "approved" | "declined" | "voided">;

/**
 * How the provider tells of a charge. Without any: once, at once, rightly signed, before the buyer
 * comes back.
 */
export type TellingHabits = {
  tells?: "before_return" | "after_return" | "never";
  copies?: number;
  delaySeconds?: number;
  signature?: "right" | "wrong";
  /** The signature leaves this out. */
  unsigned?: "state" | "amount";
  /** What the event says, changed after the signing. */
  says?: { reference?: string; currency?: string; amountMinor?: number };
};

/** How the provider's API behaves towards one account. These stay until `calm`. */
export type ApiHabits = {
  fails?: { status: number; times: number };
  slowMs?: number;
  /** So many unreadable rows come with every search. */
  garbledRows?: number;
  /** A search returns no more rows a page, whatever was asked. */
  rowsPerPage?: number;
};

/** What becomes of a charge beside what was wished. */
export type ChargeHabits = {
  /** In a word that this provider has never used. */
  inUnknownWord?: boolean;
  /** So many answers of the API still call it pending. */
  lagReads?: number;
};

export type PaymentHabits = TellingHabits &
  ApiHabits &
  ChargeHabits & {
    method?: PayMethod;
    /** Another amount or currency than was asked for. */
    amountMinor?: number;
    currency?: string;
    /** Two: approved twice under one reference. */
    approvals?: 1 | 2;
    /** The page still takes money after its end. */
    afterEnd?: boolean;
    /** A day later its page, which was paid, is told as expired (`tellsLateEnds`). */
    endsLater?: boolean;
  };

/** The bank pays other money than it announced. */
export type OtherMoney = { amountMinor?: number; currency?: string };

/** A merchant's account at the provider, as a connection stores it, and where its webhooks go. */
export type Account = { credentials: Record<string, string>; webhookUrl: string };
/** How our webhook answered a delivery. The status is null when nobody answered. */
export type Delivered = { status: number | null; milliseconds: number };
/** `returnUrl`: where the page sends the browser; null when the buyer stays or has gone. */
export type Paid = { reference: string; chargeIds: string[]; returnUrl: string | null; deliveries: Delivered[] };
/** A charge without a page of ours: by default approved, in pesos. */
export type NewCharge = {
  id?: string;
  reference: string;
  amountMinor: number;
  currency?: string;
  state?: "pending" | "approved" | "declined";
};
export type SeenCharge = { id: string; reference: string; state: ChargeState; amountMinor: number; currency: string };
/** An event that left the provider; `fact` as `factOf` reads it from what is stored of it. */
export type ToldEvent = { chargeId: string; state: ChargeState; fact: string; deliveries: Delivered[] };

/** The buyer's hand and the provider's panel at one simulated provider, told in our words. */
export type Payer = {
  openAccount(webhookUrl: string): Promise<Account>;
  /** From now on its webhooks go to another address. */
  moveWebhooks(account: Account, webhookUrl: string): Promise<void>;
  /** Resolves when the outcome is there and its first deliveries were answered. */
  pay(checkoutUrl: string, outcome: Outcome, habits?: PaymentHabits): Promise<Paid>;
  /** Late, from whatever state: the bank's answer, or a void in the panel. */
  decide(chargeId: string | undefined, decision: Decision, habits?: TellingHabits & ChargeHabits & OtherMoney): Promise<void>;
  /** The event of a charge, once more. */
  tellAgain(chargeId: string | undefined, habits?: TellingHabits): Promise<Delivered[]>;
  /** Money that comes without a page of ours, and its event. */
  charge(account: Account, charge: NewCharge, habits?: TellingHabits): Promise<{ id: string; deliveries: Delivered[] }>;
  /** An event about a charge that the API does not know. */
  tell(account: Account, charge: NewCharge, habits?: TellingHabits): Promise<Delivered[]>;
  /** A rightly signed approval from the account, delivered at any address; answers the status. */
  deliverTo(url: string, account: Account, reference: string): Promise<number>;
  /**
   * An approval under this reference from everybody who cannot prove it; answers the status by the
   * way it was tried.
   */
  forge(account: Account, reference: string, sharedUrl: string): Promise<Record<string, number>>;
  /** A genuine event that says nothing about money; answers the status. */
  tellOfNoMoney(account: Account): Promise<number>;
  behave(account: Account, habits: TellingHabits & ApiHabits): Promise<void>;
  /** Everything works again, and tells as it should. */
  calm(account: Account): Promise<void>;
  /** Left out where neither the provider's panel nor a bank can do it. */
  moneyBack?: MoneyBack;
  charges(account: Account): Promise<SeenCharge[]>;
  events(account: Account): Promise<ToldEvent[]>;
};

/** What becomes of approved money without us. Each tells as the provider would, by its webhooks. */
export type MoneyBack = {
  /** In the provider's panel, whole or in part; answers the provider's id of the refund. */
  refund?(chargeId: string, amountMinor: number): Promise<string>;
  /** A refund that was accepted fails days later. */
  failRefund?(providerRefundId: string): Promise<void>;
  /** Whether the account can pay its refunds. */
  balance?(account: Account, is: "enough" | "short"): Promise<void>;
  /** The bank asks, or takes the money; answers the provider's id of it. */
  dispute?(chargeId: string, kind: "inquiry" | "dispute", amountMinor?: number): Promise<string>;
  decideDispute?(providerDisputeId: string, decision: "won" | "lost"): Promise<void>;
};

/** A provider as the tests of the engine see it. */
export type TestedProvider = {
  id: string;
  /** Words of its own that our rows keep. */
  words: { voided: string; declined: string; notVoidable: string };
  /** Whether the signature of an event is over the reference that the event names. */
  signsReference: boolean;
  /** What a charge is that its panel has sent back whole; null if only we send money back. */
  panelSendsBackAs: Extract<ChargeState, "voided" | "refunded"> | null;
  /** Whether a payment that a bank still decides about is cancelled when its page is closed. */
  closingCancelsPending: boolean;
  /** Whether all accounts in test mode sign with one key: then an event is genuine at any of them. */
  testKeyIsShared: boolean;
  /** Whether its page takes another try after a decline, as a charge of its own. */
  hasChargePerTry: boolean;
  /** Whether each payment is told at an address of its own, so that a shared one does not do. */
  tellsAtOwnAddress: boolean;
  /** Whether it may tell of a page's end after the page was paid. */
  tellsLateEnds: boolean;
  /** A query with which it might send the browser back; nobody signs it. */
  returnQuery: string;
  /** Our environment, with the provider's addresses at the simulators. */
  environment(simulatorsUrl: string): Record<string, string>;
  /** Keys in its format, of no account. */
  newCredentials(): Record<string, string>;
  newChargeId(): string;
  /** Which event a stored body is, whatever scrubbing took from it. */
  factOf(storedBody: string): string;
  payer(simulatorsUrl: string): Payer;
};
