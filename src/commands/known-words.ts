/** Anybody can invent words in an address. What comes after so many of one place counts as one. */
const wordsMax = 50;
const placesMax = 20_000;
const manyWords = "(other)";

/** Returns the word as it is counted. `known` has the words of each place so far. */
export function knownWord(known: Map<string, Set<string>>, place: string, word: string): string {
  if (word === "") return word;
  if (known.size > placesMax) known.clear();
  const words = known.get(place) ?? new Set();
  known.set(place, words);
  if (words.size >= wordsMax && !words.has(word)) return manyWords;
  words.add(word);
  return word;
}
