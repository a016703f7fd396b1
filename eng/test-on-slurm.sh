#!/usr/bin/env bash
# Runs samples/ScalingOut on a real Slurm: an array of four tasks, one of which Slurm kills and requeues while it works, and the merge behind them. The result
# must be the file of one run, byte for byte. Starts a controller and a node on loopback, and stops them at the end.
#   eng/test-on-slurm.sh <folder of some thousand images>
# Needs root, and on Debian: apt-get install --no-install-recommends slurmctld slurmd slurm-client munge
set -euo pipefail
images="$(cd "$1" && pwd)"
root="$(cd "$(dirname "$0")/.." && pwd)"
export MOBILENETV2="${MOBILENETV2:-dotnet exec $root/artifacts/bin/Microsoft.ML.MobileNetV2.Tool/release/Microsoft.ML.MobileNetV2.Tool.dll}"
work="$(mktemp -d)"
chmod 755 "$work"
cd "$work"
host="$(hostname -s)"

stop() {
  local file
  for file in slurmd.pid slurmctld.pid munge/pid; do
    [ ! -s "$file" ] || kill "$(cat "$file")" 2> /dev/null || true
  done
  sleep 2
  rm -rf "$work"
}
trap stop EXIT

mkdir -p state spool munge
grep -qE "^[0-9.]+.*\b$host\b" /etc/hosts || echo "127.0.0.1 $host" >> /etc/hosts
(umask 377; head -c 1024 /dev/urandom > munge/key)
munged --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" --log-file="$work/munge/log" --force
cat > slurm.conf <<CONF
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
JobRequeue=1
MpiDefault=none
KillWait=2
MinJobAge=3600
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$work/slurm.conf"
slurmctld
slurmd
until sinfo --noheader --format=%t 2> /dev/null | grep -q idle; do sleep 0.5; done

merge="$("$root/samples/ScalingOut/slurm.sh" "$images" "$work/shards" 4 "$work/merged.parquet" | grep -oE '[0-9]+$')"
until grep -qs 'computing features: [1-9]' slurm-*_1.out; do sleep 0.1; done
array="$(basename slurm-*_1.out _1.out)"
array="${array#slurm-}"
scontrol requeue "${array}_1"
echo "requeued task 1 after: $(tail -n 1 slurm-*_1.out)"
while squeue --noheader --job "$merge" 2> /dev/null | grep -q .; do sleep 1; done

scontrol show job "${array}_1" | grep -E 'JobState|Restarts'
grep -h '^saved' slurm-*.out
$MOBILENETV2 featurize "$images" --output one.parquet 2> /dev/null
cmp one.parquet merged.parquet
echo "the merged file is the file of one run"
