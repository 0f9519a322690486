/**
 * The product's version, as the manifest says it (`test/tidy.test.ts` compares them).
 */
export const VERSION = "0.1.0";

declare const STOWPLAN_ITEM_FORMAT: string | undefined;

/** Names the sources that parse and lower items; the build sets it. */
export const ITEM_FORMAT = typeof STOWPLAN_ITEM_FORMAT === "string" ? STOWPLAN_ITEM_FORMAT : "unbuilt";

declare const STOWPLAN_PRODUCT: string | undefined;

/** Names everything of the product that an answer may depend on: sources, data, grammar, packages; the build sets it. */
export const PRODUCT = typeof STOWPLAN_PRODUCT === "string" ? STOWPLAN_PRODUCT : "unbuilt";
