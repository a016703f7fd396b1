using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests;

/// <summary>The script that docs/scaling-out.md shows, run as the tasks of a cluster run it.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class ScalingOutTests
{
    private const string SlurmIndex = "SLURM_ARRAY_TASK_ID";
    private const string KubernetesIndex = "JOB_COMPLETION_INDEX";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Script_ForEachTask_ThenMerge_IsTheFileOfOneRun()
    {
        using TemporaryFolder folder = new();
        string photos = ImageFolder.Create(folder), shards = folder.PathOf("shards");
        string[] network = ["--weights", "bundled-small", "--size", "32"];

        AssertDone(await RunScriptAsync(SlurmIndex, "0", ["shard", photos, shards, "2", .. network]));
        AssertDone(await RunScriptAsync(KubernetesIndex, "1", ["shard", photos, shards, "2", .. network]));
        AssertDone(await RunScriptAsync(SlurmIndex, "0", ["shard", photos, shards, "2", .. network]));
        AssertDone(await RunScriptAsync(SlurmIndex, "0", ["merge", shards, folder.PathOf("merged.parquet")]));

        AssertDone(await ToolRun.StartAsync(["featurize", photos, "--output", folder.PathOf("one.parquet"), .. network]));
        Assert.AreSequenceEqual(["1.parquet", "2.parquet"], Directory.GetFileSystemEntries(shards).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("one.parquet")), File.ReadAllBytes(folder.PathOf("merged.parquet")));
    }

    [TestMethod]
    public async Task Script_OutsideOfACluster_SaysWhereItRuns()
    {
        ToolRun run = await RunScriptAsync("UNUSED", "0", ["shard", "photos", "shards", "2"]);

        Assert.AreEqual(ExitCode.Failed, run.ExitCode);
        Assert.Contains("Run this as a task of a Slurm array or of an indexed Kubernetes Job", run.Error);
    }

    [TestMethod]
    [DataRow("features.sh")]
    [DataRow("slurm.sh")]
    [DataRow("kubernetes.yaml")]
    public void Page_ShowsTheFile(string name)
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "scaling-out.md"));
        string file = File.ReadAllText(Repository.PathOf("samples", "ScalingOut", name));

        Assert.Contains($"\n{file}```\n", page);
    }

    private Task<ToolRun> RunScriptAsync(string variable, string index, string[] arguments)
    {
        ProcessStartInfo start = new("bash", [Repository.PathOf("samples", "ScalingOut", "features.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(SlurmIndex);
        start.Environment.Remove(KubernetesIndex);
        start.Environment[variable] = index;
        start.Environment["MOBILENETV2"] = $"dotnet exec {Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.MobileNetV2.Tool.dll")}";
        return ToolProcess.RunAsync(start, TestContext.CancellationToken);
    }

    private static void AssertDone(ToolRun run) => Assert.AreEqual(ExitCode.Done, run.ExitCode, run.Error);
}
