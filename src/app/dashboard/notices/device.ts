const wishKey = "konfirmado-device-notices";
const toldKey = "konfirmado-device-told";

/** Whether this browser could tell of new bookings outside its window, and does. */
export function deviceChoice(): "impossible" | "on" | "off" {
  if (!("Notification" in window) || Notification.permission === "denied") return "impossible";
  return Notification.permission === "granted" && localStorage.getItem(wishKey) === "on" ? "on" : "off";
}

/** Asks the browser only when somebody has pressed for it. */
export async function chooseDevice(isWanted: boolean): Promise<void> {
  localStorage.setItem(wishKey, isWanted ? "on" : "off");
  if (isWanted && Notification.permission === "default") await Notification.requestPermission();
}

/** Says no name: it may be read over a shoulder. Of several tabs one tells each notice. */
export function tellDevice(text: string, latest: number): void {
  if (deviceChoice() !== "on" || document.visibilityState === "visible") return;
  if (Number(localStorage.getItem(toldKey)) >= latest) return;
  localStorage.setItem(toldKey, String(latest));
  new Notification(text, { tag: "konfirmado-new-bookings" });
}
