/** Shows a text that `run` returns as a note beside the time. */
export function step<T>(label: string, run: () => Promise<T>): Promise<T>;
