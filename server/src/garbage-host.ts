/**
 * Asks V8 to collect what is not needed any more.
 *
 * V8 lets a heap grow to four times what lived at its last collection before it looks again: after documents that take some hundred
 * MB it kept two GB of what had been computed of closed ones.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { lazily } from "./base/lazily.ts";

/** A function that V8 gives only who asks for it; the flag is set for that moment, because V8's kept code is kept for one set of flags. */
const collector = lazily((): (() => void) => {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return typeof gc === "function" ? () => void gc() : () => undefined;
});

/** Collects in one piece: some 15 ms, and a second for each GB that is still needed. */
export function collectGarbage(): void {
  collector()();
}
