import { demo } from "#db/demo.ts";
import type { Clinic } from "./clinic.ts";
import type { Rows } from "./rows.ts";

const { tenantId: tenant_id } = demo;
/** The owner has read what is older. */
const unreadMs = 2 * 86_400_000;

/** Counts all notices in the order of time, and says how far the owner has read. */
export function countNotices(rows: Rows, { now, ownerId: member_id }: Clinic): void {
  const at = ({ created_at }: Rows["notification"][number]) => created_at?.getTime() ?? 0;
  rows.notification.sort((a, b) => at(a) - at(b));
  for (const [index, notice] of rows.notification.entries()) notice.number = index + 1;
  const last = rows.notification.length;
  rows.notice_counter.push({ tenant_id, last });
  const read_through = rows.notification.filter((notice) => at(notice) < now - unreadMs).length;
  if (member_id !== null) rows.notice_reader.push({ tenant_id, member_id, read_through });
}
