// Runs the layout fuzzer (test/oracle/fuzz-main.ts): bundles it with esbuild so that Node 20 can run it, then passes its arguments on.
// Usage: npm run fuzz -- --seed N --count M --target T --toolchain stable|nightly
import { runBundled } from "./run-bundled.mjs";

process.exit(await runBundled("test/oracle/fuzz-main.ts", process.argv.slice(2)));
