/** What `run` gives back, when it is a text, is shown as a note beside the time. */
export function step<T>(label: string, run: () => Promise<T>): Promise<T>;
