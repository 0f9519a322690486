/**
 * The Node server's files where the editor has file systems of its own: plain paths are the disk's, those with a scheme
 * (`vscode-vfs://…`) are asked of the client.
 *
 * Invariant: the disk never waits; a path with a scheme that no client answers for is one that is not there.
 */
import { hasScheme } from "./base/path.ts";
import type { BrowserFiles } from "./browser-host.ts";
import type { DiskFiles } from "./disk-host.ts";
import type { ServerHost } from "./lsp/server-host.ts";

/** The doors to both, as the server's host has them. */
export function mixedFiles(disk: DiskFiles, client: BrowserFiles): Pick<ServerHost, "fs" | "load" | "lookAt" | "lookOn"> {
  const of = (path: string): DiskFiles | BrowserFiles => (hasScheme(path) ? client : disk);
  return {
    fs: {
      readFile: (path) => of(path).readFile(path),
      readDirectory: (path) => of(path).readDirectory(path),
      kindOf: (path) => of(path).kindOf(path),
      modifiedTime: (path) => of(path).modifiedTime?.(path),
      realPath: (path) => (hasScheme(path) ? path : disk.realPath?.(path)),
    },
    load: () => client.load(),
    lookAt: (paths) => [disk, client].flatMap((files) => files.lookAt(paths.filter((path) => of(path) === files))),
    lookOn: (count) => disk.lookOn(count),
  };
}
