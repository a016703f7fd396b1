#!/usr/bin/env bash
# Runs exported ONNX files in Node's ONNX Runtime and compares the scores with those of the models that they were made of.
# Needs node, npm and the reference data (MOBILENETV2_REFERENCE).
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dotnet run -c Release --project tests/Microsoft.ML.MobileNetV2.Benchmarks -- exports --reference "$MOBILENETV2_REFERENCE" --output "$folder"
cp eng/run-exports.mjs "$folder"
cd "$folder"
# The package's own script would download libraries for a GPU.
npm install --silent --no-audit --no-fund --ignore-scripts onnxruntime-node@1.30.0
node run-exports.mjs
