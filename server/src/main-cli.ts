/**
 * The command line as a Node program: streams, files, and the language server over standard input and output.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Result } from "./base/result.ts";
import { err, ok } from "./base/result.ts";
import type { CliHost } from "./cli/host.ts";
import { runCli } from "./cli/main.ts";
import { openCliWorkspace } from "./cli/open-workspace.ts";
import type { RunningCode } from "./code-cache.ts";
import { nodeConnection } from "./connection-host.ts";
import { visibleLines } from "./ide/markup.ts";
import { startServer } from "./lsp/server.ts";
import { withSlashes } from "./node-host.ts";
import { loadParser } from "./node-parser.ts";
import { diskServerHost, nodeParts } from "./node-parts.ts";
import { VERSION } from "./version.ts";

declare const __dirname: string;
/** Given by `main-boot.ts`. */
declare const runningCode: RunningCode;

async function main(): Promise<void> {
  const parts = await nodeParts(__dirname, { parser: loadParser(__dirname), code: runningCode, parsesAhead: true });
  const host: CliHost = {
    version: VERSION,
    colours: process.stdout.isTTY === true && process.env["NO_COLOR"] === undefined,
    stdout: (text) => writeAll(1, text),
    stderr: (text) => process.stderr.write(text),
    resolvePath: (path) => withSlashes(resolve(path)),
    readText,
    openWorkspace: (request) => openCliWorkspace(parts.analysis, request, (own, others) => parts.ahead?.start(own, others)),
    startLanguageServer: () => {
      startServer(nodeConnection("stdio"), async () => diskServerHost(parts), VERSION);
    },
  };
  let hasDefects = false;
  parts.analysis.onDefect = (what, error) => {
    hasDefects = true;
    host.stderr(visibleLines(`stowplan: internal error in ${what}: ${error instanceof Error ? error.message : String(error)}\n`));
  };
  const code = runCli(process.argv.slice(2), host);
  if (code !== undefined) process.exitCode = hasDefects ? 2 : code;
}

/** A reader that went away (`| head`) ends the program quietly. */
function writeAll(_fd: number, text: string): void {
  process.stdout.on("error", () => process.exit(0));
  process.stdout.write(text);
}

function readText(path: string): Result<string, string> {
  try {
    return ok(readFileSync(path === "-" ? 0 : path, "utf8"));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

void main();
