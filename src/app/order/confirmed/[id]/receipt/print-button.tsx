"use client";

import { Printer } from "lucide-react";
import { Button } from "#ui/button.tsx";

export function PrintButton({ text }: { text: string }) {
  return (
    <Button onClick={() => window.print()} data-testid="print">
      <Printer aria-hidden className="size-5" />
      {text}
    </Button>
  );
}
