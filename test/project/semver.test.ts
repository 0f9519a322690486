/**
 * Versions and requirements as cargo reads them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { areCompatible, compareVersionTexts, matchesReq, parseVersion, parseVersionReq } from "../../server/src/project/semver.ts";

function matches(requirement: string, version: string): boolean {
  const req = parseVersionReq(requirement);
  const parsed = parseVersion(version);
  assert.ok(req !== undefined && parsed !== undefined);
  return matchesReq(req, parsed);
}

test("requirements match as in the Cargo Book", () => {
  const yes: [string, string[]][] = [
    ["1.2.3", ["1.2.3", "1.9.0"]],
    ["1.2", ["1.2.0", "1.9.9"]],
    ["1", ["1.0.0", "1.99.0"]],
    ["0.2.3", ["0.2.3", "0.2.9"]],
    ["0.0.3", ["0.0.3"]],
    ["0.0", ["0.0.9"]],
    ["0", ["0.9.0"]],
    ["~1.2.3", ["1.2.3", "1.2.9"]],
    ["~1.2", ["1.2.0"]],
    ["~1", ["1.9.0"]],
    ["*", ["0.0.1", "9.0.0"]],
    ["", ["1.0.0"]],
    ["1.*", ["1.9.0"]],
    ["1.2.*", ["1.2.9"]],
    ["=1.2.3", ["1.2.3", "1.2.3+meta"]],
    ["=1.2", ["1.2.9"]],
    [">=1.2, <1.5", ["1.2.0", "1.4.9"]],
    [">1.2", ["1.3.0"]],
    ["<=1.2", ["1.2.9", "0.1.0"]],
    ["<2.0.0", ["1.9.9"]],
    ["1.0.0-rc.1", ["1.0.0-rc.1", "1.0.0-rc.2", "1.0.0", "1.2.0"]],
    ["0.25.18+spec-1.1.0", ["0.25.18+spec-1.1.0", "0.25.19"]],
  ];
  for (const [requirement, versions] of yes)
    for (const version of versions) assert.ok(matches(requirement, version), `${requirement} ${version}`);
});

test("requirements refuse what cargo refuses", () => {
  const no: [string, string[]][] = [
    ["1.2.3", ["1.2.2", "2.0.0", "1.3.0-rc.1"]],
    ["0.2.3", ["0.3.0", "0.2.2"]],
    ["0.0.3", ["0.0.4"]],
    ["0.0", ["0.1.0"]],
    ["~1.2.3", ["1.3.0"]],
    ["~1.2", ["1.3.0"]],
    ["1.2.*", ["1.3.0"]],
    ["=1.2.3", ["1.2.4"]],
    [">1.2", ["1.2.9"]],
    ["<1.2", ["1.2.0"]],
    ["*", ["1.0.0-rc.1"]],
    ["1.0.0-rc.2", ["1.0.0-rc.1", "1.0.1-rc.3"]],
  ];
  for (const [requirement, versions] of no)
    for (const version of versions) assert.ok(!matches(requirement, version), `${requirement} ${version}`);
});

test("what is no version or requirement is undefined", () => {
  for (const text of ["", "1", "1.2", "a.b.c", "1.2.3.4"]) assert.equal(parseVersion(text), undefined, text);
  for (const text of ["x.1", "^", "1.2.3.4", "latest"]) assert.equal(parseVersionReq(text), undefined, text);
});

test("versions are ordered by precedence", () => {
  const ordered = [
    "not a version",
    "0.9.0",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0",
    "1.0.1",
  ];
  assert.deepEqual(ordered.toReversed().sort(compareVersionTexts), ordered);
});

test("two versions are compatible when their leftmost non-zero part agrees", () => {
  const pairs: [string, string, boolean][] = [
    ["1.0.0", "1.9.0", true],
    ["1.0.0", "2.0.0", false],
    ["0.1.0", "0.1.9", true],
    ["0.1.0", "0.2.0", false],
    ["0.0.1", "0.0.2", false],
  ];
  for (const [a, b, expected] of pairs) {
    const [left, right] = [parseVersion(a), parseVersion(b)];
    assert.ok(left !== undefined && right !== undefined);
    assert.equal(areCompatible(left, right), expected, `${a} ${b}`);
  }
});
