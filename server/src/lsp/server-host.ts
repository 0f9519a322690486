/**
 * What a host (Node, a web worker) gives the server to work with.
 */
import type { FileChange, FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";
import type { InitializationOptions } from "../protocol.ts";
import type { AnalysisHost } from "../workspace/analysis-host.ts";
import type { HostCalls } from "../workspace/host-calls.ts";
import type { ReadTranslations } from "./user-words.ts";

/** Where answers are kept by what was asked in which state, and what they depend on besides. */
export interface AnswerKeeper {
  readonly calls: HostCalls;
  readonly kept: KeptTexts;
  /** Names a text. */
  readonly hashOf: (text: string) => string;
}

/** Texts that outlive the process, each by a text. */
export interface KeptTexts {
  read(key: string): string | undefined;
  /** What is kept is out of date: what is written next takes its place. */
  forget(key: string): void;
  /** Keeps what `encode` gives, which is asked for when there is time, unless something is kept already. */
  write(key: string, encode: () => string): void;
}

/** What a host (Node, a web worker) provides once the client has introduced itself. */
export interface ServerHost {
  readonly analysis: AnalysisHost;
  readonly fs: FileSystem;
  readonly targets: readonly string[];
  /** Reads the translations into a language; undefined where there are none. */
  readonly translations: ReadTranslations;
  /** Loads files that a question was waiting for; undefined where reads never wait. */
  readonly load: ((paths: readonly FilePath[]) => Promise<void>) | undefined;
  /** Keeps answers beyond this process; undefined where there is no place for them. */
  readonly answers: AnswerKeeper | undefined;
  /** Lets items of parsed texts, and answers, be kept beyond this process, or not. */
  useCache(isOn: boolean): void;
  /** Gives memory back that is not needed any more, in one piece; undefined where that cannot be asked for. */
  readonly collect: (() => void) | undefined;
  /** Looks at these paths, what is below them and the folders around them: what of it is not as it was. */
  lookAt(paths: readonly FilePath[]): readonly FileChange[];
  /** Looks at the next `count` of the paths that are known; undefined where only the editor can look. */
  readonly lookOn: ((count: number) => readonly FileChange[]) | undefined;
}

export type MakeHost = (options: InitializationOptions) => Promise<ServerHost>;
