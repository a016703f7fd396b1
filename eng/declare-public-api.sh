#!/usr/bin/env bash
# Writes what the public API analyzer misses (RS0016) into PublicAPI.Unshipped.txt, and takes out what no longer exists (RS0017).
# Read the diff of those files before you commit: it is the change that users of the library see.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in src/*/*.csproj; do
  list="$(dirname "$project")/.PublicAPI/PublicAPI.Unshipped.txt"
  [ -f "$list" ] || continue
  log="$(mktemp)"
  dotnet build "$project" -p:TreatWarningsAsErrors=false -v quiet >"$log" 2>&1 || true
  sed -n "s/.*RS0017: Symbol '\(.*\)' is part of.*/\1/p" "$log" | sort -u >"$log.gone"
  {
    echo '#nullable enable'
    {
      tail -n +2 "$list" | grep -vxFf "$log.gone" || true
      sed -n "s/.*RS0016: Symbol '\(.*\)' is not part of.*/\1/p" "$log"
    } | LC_ALL=C sort -u
  } >"$log.list"
  cp "$log.list" "$list"
  rm -f "$log" "$log.gone" "$log.list"
done
