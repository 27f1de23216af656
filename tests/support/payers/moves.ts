import { post } from "../post.ts";
import type { Account, ApiHabits, Delivered, NewCharge, Payer, TellingHabits } from "./payer.ts";

/** How a simulated provider calls what all of them have. */
type Names = {
  /** Its first path, with the simulators' address. */
  at: string;
  /** By this field and query it knows an account. */
  accountField: string;
  accountOf(account: Account): string;
  /** Where an account is put, and its field for the address of the webhooks. */
  accountsAt: string;
  webhookField?: string;
  newCredentials(): Record<string, string>;
  /** What it sends. The field has the same name in an answer, in the state, and in the address. */
  told: "events" | "notices" | "callbacks";
  tellAgain: string;
  /** The path of its charges, and one of them in an answer. */
  charges: string;
  charge: string;
  tellingFields(habits: TellingHabits): object;
  habitFields(habits: TellingHabits & ApiHabits): object;
  newChargeFields(charge: NewCharge, account: Account): object;
};

type Sent = { attempts: Delivered[] };
export type Answer = Record<string, unknown>;
type CommonMoves = Pick<Payer, "openAccount" | "moveWebhooks" | "tellAgain" | "charge" | "tell" | "behave" | "calm">;

/** The moves that differ by nothing but their names, and what the others are made of. */
export function movesOf<State>(names: Names) {
  const { at, told, accountOf, tellingFields } = names;
  const press = (path: string, fields: object): Promise<Answer> => post(`${at}${path}`, fields);
  const named = (account: Account) => ({ [names.accountField]: accountOf(account) });
  const turn = async (account: Account, knobs: object) => void (await press("/panel/knobs", { ...named(account), ...knobs }));
  const put = async ({ credentials }: Account, more: object) =>
    void (await press(names.accountsAt, { name: "Clínica", ...credentials, ...more }));
  const webhookAt = ({ webhookUrl }: Account) => (names.webhookField ? { [names.webhookField]: webhookUrl } : {});
  const deliveries = (answer: Answer) => deliveriesOf((answer[told] ?? []) as Sent[]);
  const make = (path: string, account: Account, charge: NewCharge, habits: TellingHabits) =>
    press(path, { ...named(account), ...names.newChargeFields(charge, account), ...tellingFields(habits) });

  const common: CommonMoves = {
    async openAccount(webhookUrl) {
      const account = { credentials: names.newCredentials(), webhookUrl };
      await put(account, webhookAt(account));
      return account;
    },
    moveWebhooks: (account, webhookUrl) => put(account, webhookAt({ ...account, webhookUrl })),
    tellAgain: async (chargeId, habits = {}) =>
      deliveries(await press(`${names.charges}/${chargeId}/${names.tellAgain}`, tellingFields(habits))),
    async charge(account, charge, habits = {}) {
      const answer = await make(`${names.charges}/create`, account, charge, habits);
      return { id: (answer[names.charge] as { id: string }).id, deliveries: deliveries(answer) };
    },
    tell: async (account, charge, habits = {}) => deliveries(await make(`/${told}/send`, account, charge, habits)),
    behave: (account, habits) => turn(account, names.habitFields(habits)),
    calm: (account) => turn(account, { reset: "on" }),
  };
  const readState = async (account: Account) => (await (await fetch(`${at}/state?${new URLSearchParams(named(account))}`)).json()) as State;
  return { common, press, put, turn, deliveries, readState };
}

export const deliveriesOf = (sent: Sent[]): Delivered[] =>
  sent.flatMap(({ attempts }) => attempts.map(({ status, milliseconds }) => ({ status, milliseconds })));
