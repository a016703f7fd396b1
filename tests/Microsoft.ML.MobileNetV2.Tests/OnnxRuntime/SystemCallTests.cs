using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.OnnxRuntime;

/// <summary>The first prediction of a user who never ran the library: no socket, no file of ONNX Runtime's telemetry, nothing written below the home folder.</summary>
[TestClass]
[RequiresStrace]
public sealed class SystemCallTests : IDisposable
{
    private const string TelemetryFolder = "DeveloperTools";
    private const string Predictor = "Microsoft.ML.MobileNetV2.ImagePredictor";
    private const string ModelReader = "Microsoft.ML.MobileNetV2.ModelReader";

    /// <summary>System calls that make a file or a folder; those that only look whether one exists have none of these words.</summary>
    private static readonly string[] Writing = ["O_CREAT", "O_WRONLY", "O_RDWR", "mkdir", "rename", "link("];

    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task ManagedNetwork_FirstPrediction_OpensNoSocketAndNoTelemetryFile()
    {
        string image = _folder.Write("image.png", DiscImages.Draw(1));

        string[] calls = await TraceAsync(variable: null, Predictor, image).ConfigureAwait(false);

        AssertQuiet(calls);
        Assert.Contains(call => call.Contains(image, StringComparison.Ordinal), calls, "the trace has the image");
        Assert.DoesNotContain(call => call.Contains("libonnxruntime", StringComparison.Ordinal), calls, "ONNX Runtime is not loaded");
    }

    [TestMethod]
    public async Task StockLoader_OfAFeaturizer_OpensNoSocketAndNoTelemetryFile()
    {
        string[] arguments = SaveFeaturizer();

        string[] calls = await TraceAsync(variable: null, ModelReader, arguments).ConfigureAwait(false);

        AssertQuiet(calls);
        Assert.Contains(call => call.Contains("libonnxruntime", StringComparison.Ordinal), calls, "ONNX Runtime is loaded");
    }

    [TestMethod]
    public async Task StockLoader_OfATrainedModel_OpensNoSocketAndNoTelemetryFile()
    {
        string[] arguments = SaveTrainedModel();

        string[] calls = await TraceAsync(variable: null, ModelReader, arguments).ConfigureAwait(false);

        AssertQuiet(calls);
        Assert.Contains(call => call.Contains("libonnxruntime", StringComparison.Ordinal), calls, "ONNX Runtime is loaded");
    }

    [TestMethod]
    public async Task StockLoader_WhereTheUserWantsTelemetry_OpensItsFiles()
    {
        string[] calls = await TraceAsync(variable: "0", ModelReader, SaveFeaturizer()).ConfigureAwait(false);

        Assert.Contains(call => call.Contains(TelemetryFolder, StringComparison.Ordinal), calls, "what the other tests would see");
    }

    private void AssertQuiet(string[] calls)
    {
        Assert.IsNotEmpty(calls);
        Assert.IsEmpty(calls.Where(call => call.Contains("socket(", StringComparison.Ordinal) || call.Contains("connect(", StringComparison.Ordinal)));
        Assert.IsEmpty(calls.Where(call => call.Contains(TelemetryFolder, StringComparison.Ordinal)));
        Assert.IsEmpty(calls.Where(call => call.Contains(_folder.PathOf("home"), StringComparison.Ordinal) && Writing.Any(word => call.Contains(word, StringComparison.Ordinal))));
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.PathOf("home")));
    }

    private string[] SaveFeaturizer()
    {
        IDataView rows = CreateRows(out string[] paths);
        using var featurizer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);
        _context.Model.Save(featurizer, rows.Schema, _folder.PathOf("model.zip"));
        return [_folder.PathOf("model.zip"), "Features", .. paths];
    }

    private string[] SaveTrainedModel()
    {
        IDataView rows = CreateRows(out string[] paths);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions()).Fit(rows);
        _context.Model.Save(model, rows.Schema, _folder.PathOf("model.zip"));
        return [_folder.PathOf("model.zip"), "Score", .. paths];
    }

    private IDataView CreateRows(out string[] paths)
    {
        string[] written = paths = DiscImages.WriteMany(_folder, 3);
        return _context.Data.LoadFromEnumerable(written.Select((path, index) => new PathExample { Image = path, Label = $"{index}" }).ToArray());
    }

    /// <summary>Runs a program in a fresh home folder and returns its system calls on files and networks.</summary>
    private async Task<string[]> TraceAsync(string? variable, string program, params string[] arguments)
    {
        string trace = _folder.PathOf("trace.txt");
        ProcessStartInfo untraced = ChildProgram.Create(program, arguments);
        ProcessStartInfo start = new("strace", ["-f", "-e", "trace=file,network", "-s", "4096", "-o", trace, untraced.FileName, .. untraced.ArgumentList])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // .NET's own socket, through which debuggers find the process.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        await new FreshHome(_folder, TestContext.CancellationToken).RunAsync(start, variable).ConfigureAwait(false);
        return await File.ReadAllLinesAsync(trace, TestContext.CancellationToken).ConfigureAwait(false);
    }
}
