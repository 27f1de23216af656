export type Row = {
  name: string;
  bookings: number;
  clients: number;
  perSecond: number | null;
  floorPerSecond: number | null;
  p50Ms?: number;
  p95Ms?: number;
  p99Ms?: number;
  note: string;
};

/** Prints a Markdown table for docs/performance.md. */
export function printRows(machine: string, rows: Row[]): void {
  console.log(`\n${machine}\n`);
  console.log("| work | bookings | clients | per second | floor | ratio | p50 ms | p95 ms | p99 ms | |");
  console.log("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|");
  for (const row of rows) console.log(`| ${cells(row).join(" | ")} |`);
}

function cells(row: Row): string[] {
  const whole = (value: number | null) => (value === null ? "" : Math.round(value).toLocaleString("en"));
  const fine = (value: number | undefined) => (value === undefined ? "" : value.toFixed(1));
  const ratio = row.perSecond !== null && row.floorPerSecond !== null ? (row.perSecond / row.floorPerSecond).toFixed(2) : "";
  return [
    row.name,
    row.bookings.toLocaleString("en"),
    row.clients === 0 ? "" : String(row.clients),
    whole(row.perSecond),
    whole(row.floorPerSecond),
    ratio,
    fine(row.p50Ms),
    fine(row.p95Ms),
    fine(row.p99Ms),
    row.note,
  ];
}
