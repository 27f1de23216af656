import type { FollowUpJobDefinition } from "#commands/follow-ups/run-follow-up.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { connectRooms } from "#providers/rooms/registry.ts";
import { findConnection } from "#queries/connections.ts";

export const closeRoomJob: FollowUpJobDefinition = {
  async work(followUp) {
    const connection = await findConnection({ tenantId: followUp.tenantId, kind: "room", started: true });
    if (!connection) return { result: "skipped", reason: "the merchant has no video service connected" };
    const name = roomNameOf(followUp.subjectId);
    await connectRooms(connection).deleteRoom(name);
    return { result: "done", effect: name };
  },
};
