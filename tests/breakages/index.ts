import { accounts } from "./accounts.ts";
import { bookingsList } from "./bookings-list.ts";
import type { Breakage } from "./breakage.ts";
import { ofTheDesk } from "./by-hand.ts";
import { callback } from "./callback.ts";
import { ownChanges } from "./customers/own-changes.ts";
import { customerBreakages } from "./customers.ts";
import { desk } from "./desk.ts";
import { hold } from "./hold.ts";
import { later } from "./later.ts";
import { ledger } from "./ledger.ts";
import { letters } from "./letters.ts";
import { merchant } from "./merchant.ts";
import { metrics } from "./metrics.ts";
import { money } from "./money.ts";
import { notices } from "./notices.ts";
import { pages } from "./pages.ts";
import { privacy } from "./privacy.ts";
import { boldAndAddi } from "./providers/bold-addi.ts";
import { checks } from "./providers/checks.ts";
import { mercadopago } from "./providers/mercadopago.ts";
import { moneyBack } from "./providers/money-back.ts";
import { stripe } from "./providers/stripe.ts";
import { receive } from "./receive.ts";
import { secrets } from "./secrets.ts";
import { services } from "./services.ts";
import { settings } from "./settings.ts";
import { shopCarts } from "./shop/carts.ts";
import { shopDesk } from "./shop/desk.ts";
import { shopOrders } from "./shop/orders.ts";
import { shopPages } from "./shop/pages.ts";
import { shopStock } from "./shop/stock.ts";
import { silence } from "./silence.ts";
import { slot } from "./slot.ts";
import { whose } from "./whose.ts";

/** By promise. `npm run mutate` breaks one after the other; a new guarantee adds its own line. */
export const breakages: Record<string, readonly Breakage[]> = {
  slot,
  money,
  moneyBack,
  ownChanges,
  hold,
  silence,
  callback,
  privacy,
  secrets,
  pages,
  receive,
  letters,
  whose,
  services,
  shopDesk,
  shopOrders,
  settings,
  merchant,
  desk,
  ofTheDesk,
  bookingsList,
  customers: customerBreakages,
  metrics,
  ledger,
  checks,
  accounts,
  notices,
  shopCarts,
  shopPages,
  later,
  boldAndAddi,
  mercadopago,
  stripe,
  shopStock,
};
