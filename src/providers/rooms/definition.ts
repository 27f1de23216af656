import type { z } from "zod";

export type RoomWish = { name: string; notBefore: Date; expiresAt: Date; lang: string };

/** A host admits, mutes and removes people. A customer is always a guest. */
export type RoomRole = "host" | "guest";
/** `roomUrl` comes from `createRoom`, or from `meetingUrl` for somebody else. */
export type MeetingWish = { room: string; roomUrl: string; notBefore: Date; expiresAt: Date; userName: string; role: RoomRole };

/** Throws ProviderFailure. Every call may be repeated without harm. */
export type RoomProvider = {
  /** Makes a private room, open from `notBefore`. Everybody is removed at `expiresAt`. */
  createRoom(wish: RoomWish): Promise<{ url: string }>;
  deleteRoom(name: string): Promise<void>;
  /** Returns one person's address: for this room, this time, this name and this role only. */
  meetingUrl(wish: MeetingWish): Promise<string>;
};

/** `apiUrl` has no slash at the end. */
export type RoomAddresses = { apiUrl: string };

export type RoomProviderDefinition = {
  /** Used in tables: `daily`. */
  id: string;
  /** The merchant types it in. Each field carries `CredentialMeta`, which draws the form. */
  credentialShape: z.ZodObject;
  addresses: RoomAddresses;
  /** The variable that replaces the address by a simulator or proxy: `DAILY_API_URL`. */
  addressVariables: { [address in keyof RoomAddresses]?: string };
  /** Throws ProviderFailure `misconfigured` for malformed credentials. */
  create(credentials: unknown, addresses: RoomAddresses): RoomProvider;
};
