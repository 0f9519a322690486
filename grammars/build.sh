#!/usr/bin/env bash
# Builds tree-sitter-rust.wasm and node-types.json from grammar.js, rules/ and scanner.c; the result is the same bytes each time.
# Usage: grammars/build.sh           replaces the two files
#        grammars/build.sh --check   compares with them instead
# Needs `npm ci` (the base grammar), tree-sitter 0.25.10 (cargo install tree-sitter-cli --version 0.25.10 --locked), node, and emcc 3.1.6
# (Debian 12: apt-get install emscripten).
set -euo pipefail

grammars=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$grammars/../out"
work=$(mktemp -d "$grammars/../out/grammar.XXXXXX")
trap 'rm -rf "$work"' EXIT

expect() {
  case "$2" in
    *" $1"*) ;;
    *) echo "warning: $1 is expected, this is: $2; other versions build other bytes" >&2 ;;
  esac
}
expect 0.25.10 "$(tree-sitter --version)"
expect 3.1.6 "$(emcc --version | head -n 1)"

cp -r "$grammars/grammar.js" "$grammars/rules" "$grammars/tree-sitter.json" "$work"
echo '{ "type": "module" }' > "$work/package.json"
mkdir "$work/src"
cp "$grammars/scanner.c" "$work/src"
cd "$work"
tree-sitter generate --abi 14
tree-sitter build --wasm --output tree-sitter-rust.wasm .

for file in tree-sitter-rust.wasm src/node-types.json; do
  if [ "${1:-}" = --check ]; then
    cmp "$file" "$grammars/$(basename "$file")"
  else
    cp "$file" "$grammars/$(basename "$file")"
  fi
done
(cd "$grammars" && sha256sum tree-sitter-rust.wasm node-types.json)
