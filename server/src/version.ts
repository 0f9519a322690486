/**
 * The product's version, as the manifest says it (`test/tidy.test.ts` compares them).
 */
export const VERSION = "0.1.0";
