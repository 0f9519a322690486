// Runs test/oracle/outside-main.ts: programs somebody else wrote (rustc's tests/ui, say), compiler against product.
// Usage: npm run outside -- FOLDER... [--toolchain stable,nightly] [--only FRAGMENT]
import { runBundled } from "./run-bundled.mjs";

process.exit(await runBundled("test/oracle/outside-main.ts", process.argv.slice(2)));
