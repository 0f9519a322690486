// Builds the product and runs the server's fuzzer (test/fuzz/server-main.ts): bundles it with esbuild so that Node 20 can run it, then
// passes its arguments on. Usage: npm run fuzz:server -- --seed N --sources N --edits N --messages N --scale S
import { runBundled } from "./run-bundled.mjs";

await import("../esbuild.mjs");
process.exit(await runBundled("test/fuzz/server-main.ts", process.argv.slice(2)));
