/**
 * Dialogs add a style while they are open, by react-style-singleton. It takes the document's nonce
 * from this global, as get-nonce reads it.
 */
if (typeof document !== "undefined")
  Reflect.set(globalThis, "__webpack_nonce__", document.querySelector<HTMLElement>("script[nonce]")?.nonce ?? "");

export {};
