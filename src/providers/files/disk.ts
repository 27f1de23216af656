import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileStore } from "./definition.ts";

/** In a folder of this machine. Several machines need a shared folder, or S3. */
export function diskStore(folder: string): FileStore {
  return {
    async put({ name, bytes }) {
      await mkdir(folder, { recursive: true });
      // Renamed whole: a crash in the middle leaves no half a picture under its name.
      const unfinished = join(folder, `.${randomUUID()}`);
      await writeFile(unfinished, bytes, { flag: "wx" });
      await rename(unfinished, join(folder, name));
    },
    async get(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw error;
      }
    },
  };
}
