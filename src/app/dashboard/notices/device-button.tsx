"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonStyles } from "#ui/button.tsx";
import { chooseDevice, deviceChoice } from "./device.ts";

/** Mounted when the list opens, so it knows what the browser allows. */
export function DeviceButton() {
  const t = useTranslations("notices.device");
  const [choice, setChoice] = useState(deviceChoice);
  if (choice === "impossible") return null;
  const change = () => void chooseDevice(choice === "off").then(() => setChoice(deviceChoice()));
  return (
    <button type="button" aria-pressed={choice === "on"} onClick={change} className={buttonStyles({ look: "quiet" })}>
      {t(choice === "on" ? "stop" : "start")}
    </button>
  );
}
