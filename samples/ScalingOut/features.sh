#!/usr/bin/env bash
# Computes features on a cluster. A task for each shard, which may be killed and run again; then one that merges:
#   features.sh shard <images> <folder of shards> <number of shards> [options of featurize]
#   features.sh merge <folder of shards> <output.parquet>
set -euo pipefail

read -ra mobilenetv2 <<< "${MOBILENETV2:-mobilenetv2}"

case "${1:-}" in
  shard)
    images="$2" folder="$3" count="$4"
    index="${SLURM_ARRAY_TASK_ID:-${JOB_COMPLETION_INDEX:?Run this as a task of a Slurm array or of an indexed Kubernetes Job}}"
    mkdir -p "$folder"
    exec "${mobilenetv2[@]}" featurize "$images" --output "$folder/$((index + 1)).parquet" --shard "$((index + 1))/$count" --resume "${@:5}"
    ;;
  merge)
    exec "${mobilenetv2[@]}" merge "$3" "$2"/*.parquet
    ;;
  *)
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
