import { importsOf, type SourceFile } from "./source.ts";

const change = ["catalog-rows", "change-catalog", "changes", "claim-word"];

/** Folder or loose file of src/commands → what else of src/commands it may import. */
export const commandArrows: Record<string, readonly string[]> = {
  // Loose files. They know no folder but the three that put folders together.
  "answer-once": [],
  "catalog-rows": ["changes", "log-event"],
  changes: ["log-event"],
  "claim-word": [],
  "log-event": [],
  "known-words": [],
  "phone-number": [],
  "csv-records": [],
  "price-cell": [],
  "change-catalog": ["log-event"],
  sweep: ["checkouts", "claims", "notices", "refund-cases", "reminders"],
  "cleanup-unpaid": ["sweep"],
  "clean-expired": ["cleanup-unpaid", "log-event", "sweep"],
  "ask-providers": ["connections", "inbox", "settlement"],
  // What a merchant sets up.
  tenants: change,
  connections: change,
  "api-keys": change,
  services: change,
  images: change,
  locations: [...change, "log-event", "phone-number", "services"],
  professionals: [...change, "services"],
  openings: [...change, "professionals"],
  "calendar-invitations": [...change, "professionals"],
  links: [...change, "csv-records", "known-words", "log-event", "services", "professionals"],
  // What its shop sells, and how.
  products: [...change, "claims", "log-event"],
  "products-import": [...change, "csv-records", "price-cell", "products"],
  discounts: change,
  "shipping-options": [...change, "services"],
  shops: change,
  // People and teams. `merchants` makes person, tenant and owner together.
  accounts: ["log-event"],
  members: [...change, "accounts", "log-event", "professionals"],
  merchants: [...change, "accounts", "members", "tenants"],
  // How far customers come.
  visits: ["known-words"],
  // From the hold to the money and back. Only `checkouts` knows a kind of checkout.
  customers: ["csv-records", "log-event", "phone-number"],
  claims: ["answer-once", "log-event"],
  payments: ["connections", "log-event"],
  "refund-cases": ["connections", "log-event", "payments", "tenants"],
  bookings: ["claims", "customers", "log-event", "payments", "refund-cases", "tenants"],
  orders: ["claims", "log-event"],
  checkouts: ["bookings", "claims", "customers", "log-event", "orders", "payments", "refund-cases", "tenants"],
  carts: ["checkouts", "claims", "customers", "orders", "payments", "phone-number"],
  "order-desk": ["checkouts", "claims", "log-event", "orders", "refund-cases", "settlement"],
  settlement: ["checkouts", "connections", "log-event", "payments", "refund-cases"],
  "settlement-check": ["connections"],
  inquiries: ["log-event", "settlement", "settlement-check"],
  desk: ["bookings", "checkouts", "claim-word", "claims", "customers", "log-event", "payments", "settlement", "tenants"],
  "bookings-import": ["csv-records", "customers", "desk", "log-event", "payments", "phone-number", "price-cell"],
  inbox: ["connections", "log-event", "payments", "refund-cases", "settlement"],
  "follow-ups": ["log-event"],
  notices: ["log-event"],
  reminders: ["checkouts", "log-event"],
  callbacks: ["checkouts", "follow-ups", "log-event"],
};

const room = "src/commands/";
const partOf = (path: string) => path.slice(room.length).split("/")[0]?.replace(/\.ts$/, "") ?? "";

export function wrongCommandArrows(files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.startsWith(room))
    .flatMap((file) => {
      const allowed = commandArrows[partOf(file.path)];
      if (!allowed) return [`${file.path} lies in a part of src/commands that the table does not name`];
      return importsOf(file)
        .filter((target) => target.startsWith(room) && partOf(target) !== partOf(file.path) && !allowed.includes(partOf(target)))
        .map((target) => `${file.path} imports ${target}`);
    });
}

/** Arrows that no import uses any more. The table must not allow more than there is. */
export function unusedCommandArrows(files: SourceFile[]): string[] {
  const used = new Set(
    files
      .filter(({ path }) => path.startsWith(room))
      .flatMap((file) => importsOf(file).map((target) => `${partOf(file.path)} → ${target.startsWith(room) ? partOf(target) : ""}`)),
  );
  return Object.entries(commandArrows)
    .flatMap(([from, targets]) => targets.filter((to) => !change.includes(to)).map((to) => `${from} → ${to}`))
    .filter((arrow) => !used.has(arrow));
}
