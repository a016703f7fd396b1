using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.OnnxRuntime;

/// <summary>ONNX Runtime writes no device id and no database for telemetry, unless the user asks for that.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TelemetryTests
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly string[] BuildMachineVariables = ["CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION"];

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Training_InAFreshHome_WritesNothingThere()
    {
        using TemporaryFolder folder = new();

        await TrainAsync(folder, variable: null).ConfigureAwait(false);

        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.PathOf("home")));
    }

    [TestMethod]
    public async Task StockLoader_WhereTheUserSetTheVariable_LeavesItAsItIs()
    {
        using TemporaryFolder folder = new();

        await LoadAsync(folder, variable: "0").ConfigureAwait(false);

        Assert.IsNotEmpty(Directory.GetFileSystemEntries(folder.PathOf("home")), "ONNX Runtime's telemetry, which this test would otherwise not see");
    }

    [TestMethod]
    public async Task StockLoader_InAFreshHome_WritesNothingThere()
    {
        using TemporaryFolder folder = new();

        await LoadAsync(folder, variable: null).ConfigureAwait(false);

        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.PathOf("home")));
    }

    private async Task LoadAsync(TemporaryFolder folder, string? variable)
    {
        string[] paths = DiscImages.WriteMany(folder, 3);
        IDataView rows = _context.Data.LoadFromEnumerable(paths.Select(path => new PathExample { Image = path }).ToArray());
        using var featurizer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);
        _context.Model.Save(featurizer, rows.Schema, folder.PathOf("model.zip"));
        await RunAsync(folder, variable, "Microsoft.ML.MobileNetV2.ModelReader", [folder.PathOf("model.zip"), "Features", .. paths]).ConfigureAwait(false);
    }

    private async Task TrainAsync(TemporaryFolder folder, string? variable)
    {
        string images = Directory.CreateDirectory(folder.PathOf("images")).FullName;
        for (int index = 0; index < 4; index++)
        {
            folder.Write($"images/{index}.png", DiscImages.Draw(index));
        }

        await RunAsync(folder, variable, "Microsoft.ML.MobileNetV2.FeatureWriter", [images, folder.PathOf("features")]).ConfigureAwait(false);
    }

    private async Task RunAsync(TemporaryFolder folder, string? variable, string program, string[] arguments)
    {
        ProcessStartInfo start = ChildProgram.Create(program, arguments);
        start.Environment["HOME"] = Directory.CreateDirectory(folder.PathOf("home")).FullName;
        start.Environment.Remove("XDG_CACHE_HOME");

        // ONNX Runtime sends nothing from build machines, which would hide what this class looks for.
        Array.ForEach(BuildMachineVariables, name => start.Environment.Remove(name));
        start.Environment[Variable] = variable;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(TestContext.CancellationToken).ConfigureAwait(false);
        Assert.AreEqual(0, process.ExitCode, await errors.ConfigureAwait(false));
    }
}
