/** The status that each try was answered with, by the way it was tried. */
export async function statusOfEach(tries: Record<string, Promise<number>>): Promise<Record<string, number>> {
  return Object.fromEntries(await Promise.all(Object.entries(tries).map(async ([how, status]) => [how, await status] as const)));
}

/** A webhook as anybody may send it, with nothing that proves it. */
export const sendRaw = async (url: string | URL, body?: string): Promise<number> =>
  (await fetch(url, { method: "POST", body: body ?? null })).status;
