/**
 * The editor's file systems, as the server asks the client for them.
 */
import type { FileParams, ReadDirectoryResult, ReadFileResult, StatResult } from "../protocol.ts";
import { READ_DIRECTORY_REQUEST, READ_FILE_REQUEST, STAT_REQUEST } from "../protocol.ts";
import type { Connection } from "./connection.ts";

/** The three requests, as the connection makes them; each rejects where the client does. */
export interface FileRequests {
  readFile(params: FileParams): Promise<ReadFileResult>;
  readDirectory(params: FileParams): Promise<ReadDirectoryResult>;
  stat(params: FileParams): Promise<StatResult>;
}

export function fileRequests(connection: Connection): FileRequests {
  return {
    readFile: (params) => connection.request(READ_FILE_REQUEST, params),
    readDirectory: (params) => connection.request(READ_DIRECTORY_REQUEST, params),
    stat: (params) => connection.request(STAT_REQUEST, params),
  };
}
