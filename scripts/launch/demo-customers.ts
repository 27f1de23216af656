/** Who books at the demo when it first starts, and how it ends. Numbers are those of db/demo.ts. */
export type DemoCustomer = {
  name: string;
  email: string;
  phone: string;
  service: number;
  professional: number;
  /** From today; the next day with a free time counts. */
  inDays: number;
  /** Which of the free times. */
  nth?: number;
  link?: string;
  source?: string;
  outcome: "approve" | "decline" | "pending" | "abandon" | "free";
  /** What the provider says was paid, instead of the price: the money goes back. */
  otherAmount?: number;
};

/** How a demo's customers reach the server and the simulated provider. */
export type DemoCalls = {
  /** Posts a body, and reads without one. */
  ask<Answer>(path: string, body?: object, method?: string): Promise<Answer>;
  pay(checkoutUrl: string, outcome: string): Promise<void>;
  /** Asks until it is decided. */
  untilPaid(path: string): Promise<void>;
};

export const person = (name: string, phone: string) => ({
  name,
  email: `${name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(" ", ".")}@example.com`,
  phone,
});

export const demoCustomers: readonly DemoCustomer[] = [
  { ...person("Ana María Pérez", "300 123 4501"), service: 11, professional: 22, inDays: 1, outcome: "approve" },
  { ...person("Gloria Patricia Núñez", "300 123 4502"), service: 13, professional: 21, inDays: 2, outcome: "approve" },
  { ...person("Hernán Darío Quintero", "300 123 4503"), service: 12, professional: 23, inDays: 1, outcome: "approve" },
  { ...person("Juan Camilo Rojas", "300 123 4504"), service: 12, professional: 23, inDays: 2, nth: 3, outcome: "approve" },
  {
    ...person("Valentina Ortiz", "300 123 4505"),
    service: 13,
    professional: 21,
    inDays: 1,
    nth: 2,
    link: "demo-instagram",
    source: "instagram",
    outcome: "approve",
  },
  { ...person("Sofía Herrera", "300 123 4506"), service: 14, professional: 22, inDays: 1, nth: 4, outcome: "free" },
  { ...person("Mateo Cárdenas", "300 123 4507"), service: 11, professional: 21, inDays: 3, nth: 5, source: "google", outcome: "approve" },
  { ...person("Jorge Iván Mejía", "300 123 4508"), service: 13, professional: 23, inDays: 3, nth: 1, outcome: "pending" },
  { ...person("Luz Marina Castro", "300 123 4509"), service: 11, professional: 21, inDays: 4, nth: 2, outcome: "decline" },
  { ...person("Carlos Andrés Díaz", "300 123 4510"), service: 13, professional: 21, inDays: 2, nth: 6, outcome: "abandon" },
  {
    ...person("Paula Andrea Gil", "300 123 4511"),
    service: 11,
    professional: 22,
    inDays: 5,
    outcome: "approve",
    otherAmount: 1_000_000,
  },
];

/** A date in Bogotá, where the demo is. */
export function addDays(days: number): string {
  return Temporal.Now.plainDateISO("America/Bogota").add({ days }).toString();
}
