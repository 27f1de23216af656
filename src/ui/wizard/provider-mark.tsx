import { classNames } from "../class-names.ts";

/** Letters and colours of our own, for telling one from another. Nobody's trademark is drawn. */
const marks: Record<string, { letters: string; tint: string }> = {
  wompi: { letters: "W", tint: "bg-[#d7f0e4] text-[#0b4a33]" },
  mercadopago: { letters: "MP", tint: "bg-[#d9e8fb] text-[#123f73]" },
  stripe: { letters: "S", tint: "bg-[#e4dffa] text-[#3b2a86]" },
  bold: { letters: "B", tint: "bg-[#fbdfe0] text-[#7c1f24]" },
  addi: { letters: "A", tint: "bg-[#fdebc8] text-[#634200]" },
};

/** The name stands beside it, so it says nothing aloud. */
export function ProviderMark({ provider }: { provider: string }) {
  const known = Object.hasOwn(marks, provider) ? marks[provider] : undefined;
  const { letters, tint } = known ?? { letters: provider.slice(0, 1).toUpperCase(), tint: "bg-[#e6e6e6] text-[#333333]" };
  return (
    <span aria-hidden className={classNames("flex size-10 shrink-0 items-center justify-center rounded-lg font-bold", tint)}>
      {letters}
    </span>
  );
}
