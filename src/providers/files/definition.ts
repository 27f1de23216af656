export const storedTypes = { webp: "image/webp", png: "image/png", jpg: "image/jpeg" } as const;
export type StoredType = (typeof storedTypes)[keyof typeof storedTypes];

/** Keeps files that never change: a name always means the same bytes. */
export type FileStore = {
  /** To put the same file twice is harmless. */
  put(file: { name: string; bytes: Uint8Array<ArrayBuffer>; type: StoredType }): Promise<void>;
  /** Returns null for a name that was never put. */
  get(name: string): Promise<Uint8Array | null>;
};
