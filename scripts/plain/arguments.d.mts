type Known<Flag extends string, Value extends string> = {
  flags?: readonly Flag[];
  values?: readonly Value[];
  words?: boolean;
};
type Read<Flag extends string, Value extends string> = {
  values: Partial<Record<Flag, boolean> & Record<Value, string>>;
  words: string[];
};
export function readArguments<Flag extends string = never, Value extends string = never>(
  known?: Known<Flag, Value>,
  typed?: readonly string[],
): Read<Flag, Value>;
export function parseArguments<Flag extends string = never, Value extends string = never>(
  known: Known<Flag, Value>,
  typed: readonly string[],
): Read<Flag, Value>;
