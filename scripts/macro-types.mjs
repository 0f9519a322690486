// Runs test/oracle/macro-types-main.ts: sizes of types made by macros, as rustc prints them, against the product's report.
// Usage: npm run macro-types -- NAME@VERSION[:feature,feature]... [--toolchain stable]
import { runBundled } from "./run-bundled.mjs";

process.exit(await runBundled("test/oracle/macro-types-main.ts", process.argv.slice(2)));
