import { BadFields } from "../fields.ts";
import type { MpAccount, MpPayment } from "./shapes.ts";
import type { MercadopagoWorld } from "./world.ts";

export function accountNamed(world: MercadopagoWorld, number: string | undefined): MpAccount {
  const account = world.accounts.get(number ?? "");
  if (!account) throw new BadFields({ account: ["no account has this number"] });
  return account;
}

export function paymentNamed(world: MercadopagoWorld, id: string): MpPayment {
  const payment = world.payments.get(id);
  if (!payment) throw new BadFields({ payment: ["there is no such payment"] });
  return payment;
}
