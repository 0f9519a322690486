/**
 * What a host (Node, a web worker) gives the server to work with.
 */
import type { FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { InitializationOptions } from "../protocol.ts";
import type { AnalysisHost } from "../workspace/analysis-host.ts";

/** What a host (Node, a web worker) provides once the client has introduced itself. */
export interface ServerHost {
  readonly analysis: AnalysisHost;
  readonly fs: FileSystem;
  readonly targets: readonly string[];
  /** Loads files that a question was waiting for; undefined where reads never wait. */
  readonly load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;
  /** These paths changed on disk: what is kept of them is thrown away. */
  forget(paths: readonly FilePath[]): void;
}

export type MakeHost = (options: InitializationOptions) => Promise<ServerHost>;
