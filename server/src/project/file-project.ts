/**
 * One `.rs` file as a crate root, without a manifest: its name is the file's stem, its edition 2021 unless given, and nothing
 * but the sysroot can be named from it. Where it is part of a package that cannot be read, no feature is taken to be off.
 *
 * Invariant: compiler and target are found as for a folder, from the file's own.
 */

import type { FileSystem } from "../base/file-system.ts";
import { msg } from "../base/message.ts";
import { dirname, fileStem } from "../base/path.ts";
import type { Result } from "../base/result.ts";
import { err, ok } from "../base/result.ts";
import type { CrateData, Edition } from "../db/crate-graph.ts";
import type { BuildSettings } from "./build-settings.ts";
import { buildSettings } from "./build-settings.ts";
import { buildCfg } from "./cfg-builder.ts";
import type { Environment } from "./environment.ts";
import { crateName } from "./manifest-targets.ts";
import type { ProfileSettings } from "./profile.ts";
import { loadProfile } from "./profile.ts";
import type { Project, ProjectError, ProjectPackage, ProjectRequest } from "./project.ts";

/** The project of a single file. */
export function fileProject(request: ProjectRequest, fs: FileSystem, env: Environment): Result<Project, ProjectError> {
  const dir = dirname(request.path);
  const settings = buildSettings(request, { dir, root: dir }, fs, env);
  if (!settings.ok) return err({ kind: "unknownTarget", message: msg("the target `{target}` is not known", { target: settings.error }) });
  const { config, toolchain, choice, custom, targetDir, rustVersion } = settings.value;
  const profile = loadProfile(request.profile, undefined, config, env);
  const krate = rootCrate(request, settings.value, profile({ packageName: "", packageVersion: "", isMember: true, isForBuild: false }));
  return ok({
    graph: { crates: [krate], missing: new Map(), sysroot: new Map() },
    packages: [filePackage(krate, krate.edition)],
    toolchain,
    rustVersion,
    target: choice,
    customTarget: custom,
    root: dir,
    targetDir,
    notes: [...config.problems, ...toolchain.notes],
    inputs: config.files,
  });
}

function rootCrate(request: ProjectRequest, settings: BuildSettings, profile: ProfileSettings): CrateData {
  const name = crateName(fileStem(request.path));
  const { unknownPackage } = request;
  return {
    id: 0,
    name,
    kind: "lib",
    root: request.path,
    edition: request.edition ?? 2021,
    cfg: buildCfg({
      target: settings.target.plain,
      flags: settings.target.flags,
      profile,
      isTest: false,
      isProcMacro: false,
      features: [],
      extra: request.cfgs,
      rustVersion: settings.rustVersion,
      unknownReason: undefined,
      unknownOnly: undefined,
      unknownNames: new Map(unknownPackage === undefined ? [] : [["feature", unknownPackage]]),
    }),
    dependencies: [],
    ...(unknownPackage === undefined ? {} : { unknownDependencies: unknownPackage }),
    packageName: name,
    packageVersion: "0.0.0",
    packageRoot: dirname(request.path),
    env: new Map(),
    isWorkspaceMember: true,
  };
}

function filePackage(krate: CrateData, edition: Edition): ProjectPackage {
  const { name, root } = krate;
  return {
    name,
    version: krate.packageVersion,
    root: krate.packageRoot,
    edition,
    isMember: true,
    targets: [{ kind: "lib", name, root, edition, crate: krate.id, testCrate: undefined, missingFeatures: [] }],
    features: [],
  };
}
