#!/usr/bin/env bash
# Builds the pages of docs/ and the reference of the API as a web site in artifacts/site/html, and fails on a warning: a link that leads nowhere, a
# reference to a member that does not exist. The library must have been built in the configuration Release.
set -euo pipefail
cd "$(dirname "$0")/.."

site=artifacts/site
rm -rf "$site"
mkdir -p "$site/docs" "$site/assets" "$site/samples"

# docfx reads below one folder only; the pages keep their places in it, so that their links do.
cp -r docs/site/. "$site"
cp README.md CHANGELOG.md CONTRIBUTING.md LICENSE "$site"
cp docs/*.md "$site/docs"
cp assets/README.md "$site/assets"
cp -r artifacts/bin/Microsoft.ML.MobileNetV2.Tool/release "$site/assemblies"
git ls-files samples | while read -r file; do
  mkdir -p "$site/$(dirname "$file")"
  cp "$file" "$site/$file"
done

dotnet tool restore
dotnet docfx "$site/docfx.json" --warningsAsErrors
