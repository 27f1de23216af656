import { Refusal } from "#contracts/problem.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import type { FileStore } from "#providers/files/definition.ts";
import { fileStore } from "#providers/files/registry.ts";

/** Refuses: files_unavailable, while the store does not answer. */
export async function askStore<T>(ask: (store: FileStore) => Promise<T>): Promise<T> {
  try {
    return await ask(fileStore());
  } catch (error) {
    if (error instanceof ProviderFailure) throw new Refusal("files_unavailable");
    throw error;
  }
}
