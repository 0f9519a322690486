/**
 * What the server asks of the client: settings, registrations, to ask again. Only what the client has said it can do is asked.
 *
 * Invariant: a client that answers with an error is logged and taken as one that does not answer; nothing is thrown.
 */
import type { ConfigurationItem, ConfigurationParams, RegistrationParams } from "vscode-languageserver-protocol";
import type { ClientFacts } from "./client-facts.ts";
import type { Connection } from "./connection.ts";

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
    const section = ["stowplan", "rust-analyzer"];
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    await Promise.all([
      this.#facts.registerConfiguration && this.#register("workspace/didChangeConfiguration", { section }),
      this.#facts.registerWatchers && this.#register("workspace/didChangeWatchedFiles", { watchers }),
    ]);
  }

  /** The client's settings, one value per item; none where it cannot say. */
  async settings(items: readonly ConfigurationItem[]): Promise<readonly unknown[]> {
    if (!this.#facts.configuration) return [];
    const answer = this.#connection.request<ConfigurationParams, readonly unknown[]>("workspace/configuration", { items: [...items] });
    return (await this.#ask(answer)) ?? [];
  }

  /** Asks for hints and diagnostics to be asked for again. */
  refresh(): void {
    this.refreshHints();
    if (this.#facts.pullDiagnostics && this.#facts.refreshDiagnostics) this.#tell("workspace/diagnostic/refresh");
  }

  /** Asks for hints to be asked for again. */
  refreshHints(): void {
    if (this.#facts.refreshHints) this.#tell("workspace/inlayHint/refresh");
  }

  #tell(method: string): void {
    void this.#ask(this.#connection.requestWithoutParams(method));
  }

  async #register(method: string, registerOptions: object): Promise<void> {
    const registrations = [{ id: `stowplan ${method}`, method, registerOptions }];
    await this.#ask(this.#connection.request<RegistrationParams, unknown>("client/registerCapability", { registrations }));
  }

  async #ask<T>(request: Promise<T>): Promise<T | undefined> {
    try {
      return await request;
    } catch (error) {
      this.#connection.warn(`the client refuses: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
