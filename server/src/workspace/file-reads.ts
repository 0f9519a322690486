/**
 * What a question has read of the file system, so that a change of any of it, and nothing else, makes it to be asked again.
 *
 * Invariant: everything asked counts, also what was not there: a file that comes is a change too.
 */
import type { FileChange, FileSystem } from "../base/file-system.ts";
import type { FilePath } from "../base/path.ts";

export class FileReads {
  readonly #asked = new Set<string>();

  /** A file system that answers as `fs` does and notes what it was asked. */
  of(fs: Required<FileSystem>): FileSystem {
    const note = (what: FileChange["what"], path: FilePath): void => {
      this.#asked.add(key({ what, path }));
    };
    return {
      readFile: (path) => {
        note("content", path);
        return fs.readFile(path);
      },
      readDirectory: (path) => {
        note("entries", path);
        return fs.readDirectory(path);
      },
      kindOf: (path) => {
        note("kind", path);
        return fs.kindOf(path);
      },
      modifiedTime: (path) => {
        note("time", path);
        return fs.modifiedTime(path);
      },
      realPath: (path) => {
        note("kind", path);
        return fs.realPath(path);
      },
    };
  }

  /** Whether any of the changes is of something that was read. */
  touches(changes: readonly FileChange[]): boolean {
    return changes.some((change) => this.#asked.has(key(change)));
  }
}

function key({ what, path }: FileChange): string {
  return `${what} ${path}`;
}
