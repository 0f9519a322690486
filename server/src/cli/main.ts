/**
 * The command line: reads the arguments and runs the command.
 *
 * Invariant: exit codes are 0 (clean), 1 (findings) and 2 (usage, unreadable input, internal error); messages go to standard error and
 * never hold a stack trace. A defect is caught here, one of a single
 * type in `ide/isolated.ts`.
 */
import { visibleLines } from "../ide/markup.ts";
import { parseCommand } from "./args.ts";
import { HELP } from "./help.ts";
import type { CliHost } from "./host.ts";
import { runReport } from "./report.ts";
import { runType } from "./type.ts";

/** Runs the command of the arguments; answers the exit code, or undefined while the language server runs on. */
export function runCli(args: readonly string[], given: CliHost): number | undefined {
  // Messages hold paths, names and arguments.
  const host: CliHost = { ...given, stderr: (text) => given.stderr(visibleLines(text)) };
  const command = parseCommand(args);
  if (!command.ok) {
    host.stderr(`stowplan: ${command.error}\nTry stowplan --help.\n`);
    return 2;
  }
  try {
    switch (command.value.kind) {
      case "help":
        host.stdout(HELP);
        return 0;
      case "version":
        host.stdout(`stowplan ${host.version}\n`);
        return 0;
      case "lsp":
        host.startLanguageServer();
        return undefined;
      case "report":
        return runReport(command.value, host);
      case "type":
        return runType(command.value, host);
    }
  } catch (error) {
    host.stderr(`stowplan: internal error: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}
