/**
 * What the server asks of the client: settings, registrations, to ask again. Only what the client has said it can do is asked.
 *
 * Invariant: a client that answers with an error is logged and taken as one that does not answer; nothing is thrown.
 */
import type { ConfigurationItem, Connection } from "vscode-languageserver";
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver";
import type { ClientFacts } from "./client-facts.ts";

/** Everything whose change may change an answer, as far as a client watches. */
const WATCHED = [
  "**/*.rs",
  "**/Cargo.{toml,lock}",
  "**/.cargo/config{,.toml}",
  // Of a folder that comes or goes as a whole some watchers tell no more than that.
  "**/.cargo",
  "**/src/**",
  "**/rust-toolchain{,.toml}",
  "**/{,.}clippy.toml",
  "**/.rustc_info.json",
  "**/build/*/{output,root-output}",
];

export class ClientRequests {
  readonly #connection: Connection;
  readonly #facts: ClientFacts;

  constructor(connection: Connection, facts: ClientFacts) {
    this.#connection = connection;
    this.#facts = facts;
  }

  /** Registers for changes of settings and files, where the client takes registrations. */
  async register(): Promise<void> {
    const { client } = this.#connection;
    const section = ["stowplan", "rust-analyzer"];
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    await Promise.all([
      this.#facts.registerConfiguration && this.#ask(client.register(DidChangeConfigurationNotification.type, { section })),
      this.#facts.registerWatchers && this.#ask(client.register(DidChangeWatchedFilesNotification.type, { watchers })),
    ]);
  }

  /** The client's settings, one value per item; none where it cannot say. */
  async settings(items: readonly ConfigurationItem[]): Promise<readonly unknown[]> {
    if (!this.#facts.configuration) return [];
    return (await this.#ask(this.#connection.workspace.getConfiguration([...items]))) ?? [];
  }

  /** Asks for hints and diagnostics to be asked for again. */
  refresh(): void {
    const { languages } = this.#connection;
    if (this.#facts.refreshHints) void this.#ask(languages.inlayHint.refresh());
    if (this.#facts.pullDiagnostics && this.#facts.refreshDiagnostics) void this.#ask(languages.diagnostics.refresh());
  }

  async #ask<T>(request: Promise<T>): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      this.#connection.console.warn(`the client refuses: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
