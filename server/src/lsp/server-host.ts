/**
 * What a host (Node, a web worker) gives the server to work with.
 */
import type { FileChange, FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { InitializationOptions } from "../protocol.ts";
import type { AnalysisHost } from "../workspace/analysis-host.ts";
import type { ReadTranslations } from "./user-words.ts";

/** What a host (Node, a web worker) provides once the client has introduced itself. */
export interface ServerHost {
  readonly analysis: AnalysisHost;
  readonly fs: FileSystem;
  readonly targets: readonly string[];
  /** Reads the translations into a language; undefined where there are none. */
  readonly translations: ReadTranslations;
  /** Loads files that a question was waiting for; undefined where reads never wait. */
  readonly load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;
  /** Lets items of parsed texts be kept beyond this process, or not. */
  useCache(isOn: boolean): void;
  /** Looks at these paths, what is below them and the folders around them: what of it is not as it was. */
  lookAt(paths: readonly FilePath[]): readonly FileChange[];
  /** Looks at the next `count` of the paths that are known; undefined where only the editor can look. */
  readonly lookOn: ((count: number) => readonly FileChange[]) | undefined;
}

export type MakeHost = (options: InitializationOptions) => Promise<ServerHost>;
