#!/usr/bin/env bash
# Submits an array of tasks to Slurm, and behind them the merge: slurm.sh <images> <folder of shards> <number of shards> <output.parquet>
set -euo pipefail
script="$(dirname "$0")/features.sh"

array="$(sbatch --parsable --array="0-$(($3 - 1))" --requeue "$script" shard "$1" "$2" "$3")"
sbatch --dependency="afterok:$array" "$script" merge "$2" "$4"
