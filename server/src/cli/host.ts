/**
 * The world outside of the command line: streams, files, the language server, and who opens workspaces.
 *
 * Invariant: everything that a test wants to replace is here.
 */
import type { FilePath } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import type { OpenWorkspace } from "./workspace.ts";

export interface CliHost {
  /** The product's version. */
  readonly version: string;
  /** Whether colours are wanted on stdout. */
  readonly colours: boolean;
  stdout(text: string): void;
  stderr(text: string): void;
  /** A path of the command line as an absolute one with `/`. */
  resolvePath(path: string): FilePath;
  /** The text of a file, or of standard input for `-`; an error is a message for the user. */
  readText(path: string): Result<string, string>;
  readonly openWorkspace: OpenWorkspace;
  /** Speaks LSP over standard input and output until the client is gone. */
  startLanguageServer(): void;
}
