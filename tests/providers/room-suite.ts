import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MeetingWish, RoomProvider, RoomProviderDefinition, RoomRole, RoomWish } from "#providers/rooms/definition.ts";

export type SeenRoom = { name: string; isPrivate: boolean; opensAt: Date; endsAt: Date; sendsOut: boolean };

/** What a provider's test file brings: its simulator, told in our words. */
export type RoomStage = {
  definition: RoomProviderDefinition;
  provider: RoomProvider;
  /** The same account with a key that the provider does not know. */
  withWrongKey(): RoomProvider;
  rooms(): Promise<SeenRoom[]>;
  /** How often a room of this name was really made. */
  timesMade(name: string): Promise<number>;
  /** Opens an address as a browser does, and says as whom the provider lets its bearer in. */
  enter(url: string): Promise<RoomRole | "refused">;
  /** What the next call gets: an HTTP status without effect, or an effect whose answer is lost. */
  disturb(next: { status: 429 | 500 | 503 } | "lost_answer"): Promise<void>;
  /** No rooms, no disturbance. */
  reset(): Promise<void>;
  stop(): Promise<void>;
};

const name = "bk-suite";
const minutesFromNow = (minutes: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + minutes * 60_000);
export const roomWish = (changes: Partial<RoomWish> = {}): RoomWish => ({
  name,
  notBefore: minutesFromNow(-5),
  expiresAt: minutesFromNow(60),
  lang: "es",
  ...changes,
});

/** Every provider of video rooms must pass. */
export function roomSuite(id: string, open: () => Promise<RoomStage>): void {
  describe(`${id} passes what every provider of rooms must pass`, () => {
    let stage: RoomStage;
    beforeAll(async () => {
      stage = await open();
    });
    beforeEach(() => stage.reset());
    afterAll(() => stage.stop());

    aboutRooms(() => stage);
    aboutGuests(() => stage);
    aboutFailures(() => stage);
  });
}

function aboutRooms(stage: () => RoomStage): void {
  test("a room is private, opens and ends on the second, and sends everybody out", async () => {
    const asked = roomWish();
    await stage().provider.createRoom(asked);
    const { notBefore: opensAt, expiresAt: endsAt } = asked;
    expect(await stage().rooms()).toEqual([{ name, isPrivate: true, opensAt, endsAt, sendsOut: true }]);
  });

  test("the same room asked for twice is one room", async () => {
    const asked = roomWish();
    const first = await stage().provider.createRoom(asked);
    expect(await stage().provider.createRoom(asked)).toEqual(first);
    expect(await stage().timesMade(name)).toBe(1);
  });

  test("a room that was made, but whose answer was lost, is found by the next try", async () => {
    await stage().disturb("lost_answer");
    await expect(stage().provider.createRoom(roomWish())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
    await stage().provider.createRoom(roomWish());
    expect(await stage().timesMade(name)).toBe(1);
  });

  test("a room that exists with other times is moved", async () => {
    await stage().provider.createRoom(roomWish());
    const later = roomWish({ expiresAt: minutesFromNow(120) });
    await stage().provider.createRoom(later);
    expect(await stage().rooms()).toMatchObject([{ name, endsAt: later.expiresAt }]);
    expect(await stage().timesMade(name)).toBe(1);
  });

  test("deleting a room that is gone is fine", async () => {
    await stage().provider.createRoom(roomWish());
    await stage().provider.deleteRoom(name);
    await stage().provider.deleteRoom(name);
    expect(await stage().rooms()).toEqual([]);
  });
}

function aboutGuests(stage: () => RoomStage): void {
  const invite = (roomUrl: string, role: RoomRole, changes: Partial<MeetingWish> = {}) => {
    const { notBefore, expiresAt } = roomWish();
    return stage().provider.meetingUrl({ room: name, roomUrl, notBefore, expiresAt, userName: "Ana", role, ...changes });
  };

  test("nobody comes in by the bare address of the room", async () => {
    const { url } = await stage().provider.createRoom(roomWish());
    expect(await stage().enter(url)).toBe("refused");
  });

  test("a customer comes in as a guest and never has owner rights, whatever the name says", async () => {
    const { url } = await stage().provider.createRoom(roomWish());
    for (const userName of ["Ana", "", "x".repeat(300), '","is_owner":true,"role":"host","x":"', "&is_owner=true&role=host"])
      expect(await stage().enter(await invite(url, "guest", { userName }))).toBe("guest");
  });

  test("a host has owner rights", async () => {
    const { url } = await stage().provider.createRoom(roomWish());
    expect(await stage().enter(await invite(url, "host"))).toBe("host");
  });

  test("an address made of somebody else's gives its own rights, and none of the other's", async () => {
    const { url } = await stage().provider.createRoom(roomWish());
    const guest = await invite(url, "guest");
    const host = await invite(guest, "host");
    expect(await stage().enter(host)).toBe("host");
    expect(await stage().enter(await invite(host, "guest"))).toBe("guest");
    expect(await stage().enter(guest)).toBe("guest");
  });

  test("an address that is not valid yet, or for another room, lets nobody in", async () => {
    const { url } = await stage().provider.createRoom(roomWish());
    expect(await stage().enter(await invite(url, "guest", { notBefore: minutesFromNow(30) }))).toBe("refused");
    expect(await stage().enter(await invite(url, "guest", { room: "bk-other" }))).toBe("refused");
  });
}

function aboutFailures(stage: () => RoomStage): void {
  test("too many calls and a server in trouble may be tried again", async () => {
    for (const status of [429, 500, 503] as const) {
      await stage().disturb({ status });
      await expect(stage().provider.createRoom(roomWish())).rejects.toMatchObject({ kind: "unreachable", retriable: true });
    }
  });

  test("a wrong key, no key and a name that is none may not", async () => {
    await expect(stage().withWrongKey().createRoom(roomWish())).rejects.toMatchObject({ kind: "misconfigured", retriable: false });
    await expect(stage().provider.createRoom(roomWish({ name: "a/../b" }))).rejects.toMatchObject({ kind: "refused", retriable: false });
    for (const credentials of [{}, null, { apiKey: "" }])
      expect(() => stage().definition.create(credentials, stage().definition.addresses)).toThrow(
        expect.objectContaining({ kind: "misconfigured", retriable: false }),
      );
  });
}
