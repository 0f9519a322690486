/**
 * The product's version, as the manifest says it (`test/tidy.test.ts` compares them).
 */
export const VERSION = "0.1.0";

declare const STOWPLAN_ITEM_FORMAT: string | undefined;

/** Names the sources that parse and lower items; the build sets it. */
export const ITEM_FORMAT = typeof STOWPLAN_ITEM_FORMAT === "string" ? STOWPLAN_ITEM_FORMAT : "unbuilt";
