// Runs a fuzzer, engine or product against compilers: bundles it with esbuild so that Node 20 can run it, then passes its arguments on.
// Usage: npm run fuzz -- --seed N --count M --target T --toolchain stable|nightly             types (test/oracle/fuzz-main.ts)
//        npm run fuzz -- --program --seed N --count M --target T --toolchain stable|nightly   programs (test/oracle/program-fuzz-main.ts)
import { runBundled } from "./run-bundled.mjs";

const args = process.argv.slice(2);
process.exit(await runBundled(`test/oracle/${args.includes("--program") ? "program-fuzz-main" : "fuzz-main"}.ts`, args));
