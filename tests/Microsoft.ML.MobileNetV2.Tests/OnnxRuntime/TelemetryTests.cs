using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.OnnxRuntime;

/// <summary>ONNX Runtime writes no device id and no database for telemetry, unless the user asks for that.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TelemetryTests
{
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

    private async Task RunAsync(TemporaryFolder folder, string? variable, string program, string[] arguments) =>
        await new FreshHome(folder, TestContext.CancellationToken).RunAsync(ChildProgram.Create(program, arguments), variable).ConfigureAwait(false);
}
