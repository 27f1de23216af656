import { connectRooms, roomNameOf } from "#providers/rooms/daily/daily.ts";
import { findConnection } from "#queries/connections.ts";
import type { FollowUpJobDefinition } from "./registry.ts";

export const closeRoomJob: FollowUpJobDefinition = {
  async work(followUp) {
    const connection = await findConnection({ tenantId: followUp.tenantId, kind: "room" });
    if (!connection) return { result: "skipped", reason: "the merchant has no video service connected" };
    await connectRooms(connection.credentials).deleteRoom(roomNameOf(followUp.subjectId));
    return { result: "done" };
  },
};
