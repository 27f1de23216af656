import type { z } from "zod";

export type RoomWish = { name: string; notBefore: Date; expiresAt: Date; lang: string };

/** A host has owner rights: lets people in, mutes them, sends them out. A customer is a guest, always. */
export type RoomRole = "host" | "guest";
/** `roomUrl` is what `createRoom` answered, or an address that `meetingUrl` has made of it for somebody else. */
export type MeetingWish = { room: string; roomUrl: string; notBefore: Date; expiresAt: Date; userName: string; role: RoomRole };

/** Errors: ProviderFailure. Each call may be repeated without harm. */
export type RoomProvider = {
  /** A private room, open from `notBefore`; everybody is sent out at `expiresAt`. */
  createRoom(wish: RoomWish): Promise<{ url: string }>;
  deleteRoom(name: string): Promise<void>;
  /** What one person opens to come in: this room only, in this time, under this name and role. */
  meetingUrl(wish: MeetingWish): Promise<string>;
};

/** Without a slash at the end. */
export type RoomAddresses = { apiUrl: string };

export type RoomProviderDefinition = {
  /** In tables: `daily`. */
  id: string;
  /** What the merchant types in; each field carries `CredentialMeta`, so that the form is drawn from here. */
  credentialShape: z.ZodObject;
  addresses: RoomAddresses;
  /** The environment variable that puts a simulator (or a proxy) in the place of an address: `DAILY_API_URL`. */
  addressVariables: { [address in keyof RoomAddresses]?: string };
  /** Throws ProviderFailure `misconfigured` if the credentials do not parse. */
  create(credentials: unknown, addresses: RoomAddresses): RoomProvider;
};
