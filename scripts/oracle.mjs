// Asks the installed compilers for the layouts the ordinary tests compare with (test/oracle/oracle-main.ts) and keeps their answers.
// Usage: npm run oracle [-- --toolchain stable,nightly --target main]
import { runBundled } from "./run-bundled.mjs";

process.exit(await runBundled("test/oracle/oracle-main.ts", process.argv.slice(2)));
