/**
 * The entrance: a project as cargo would build it, from files only. A path is a folder (the nearest `Cargo.toml` above counts)
 * or one `.rs` file, taken as a crate root.
 *
 * Invariant: nothing is executed; what cannot be read is a note with its reason, and the rest is still there.
 */

import type { FileSystem } from "../base/file-system.ts";
import { msg } from "../base/message.ts";
import { dirname } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err } from "../base/result.ts";
import type { Environment } from "./environment.ts";
import { fileProject } from "./file-project.ts";
import { folderProject } from "./folder-project.ts";
import { nearestManifest } from "./manifest-loader.ts";
import type { Project, ProjectError, ProjectRequest } from "./project.ts";

/** Loads the project of a path. */
export function loadProject(request: ProjectRequest, fs: FileSystem, env: Environment): Result<Project, ProjectError> {
  const path = request.path.replace(/(?<=[^/:])\/+$/, "");
  const kind = fs.kindOf(path);
  if (kind === undefined) return err({ kind: "notFound", message: msg("there is no {path}, or it cannot be looked at", { path }) });
  if (kind === "file" && path.endsWith(".rs")) return fileProject({ ...request, path }, fs, env);
  const { dir, problem } = nearestManifest(kind === "file" ? dirname(path) : path, fs);
  if (dir === undefined)
    return err({ kind: "notFound", message: problem ?? msg("there is no Cargo.toml in {path} or above it", { path }) });
  return folderProject(request, dir, fs, env);
}
