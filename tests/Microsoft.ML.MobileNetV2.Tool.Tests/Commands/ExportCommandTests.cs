using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands;

[TestClass]
public sealed class ExportCommandTests
{
    [TestMethod]
    public async Task Export_WritesAModelThatOnnxRuntimeRuns()
    {
        using TemporaryFolder folder = new();
        string onnx = folder.PathOf("m.onnx");

        ToolRun run = await ToolRun.StartAsync("export", SavedModels.Multiclass, "--onnx", onnx, "--json");

        Assert.AreEqual((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        using JsonDocument result = JsonDocument.Parse(run.Output);
        Assert.AreEqual(new FileInfo(onnx).Length, result.RootElement.GetProperty("bytes").GetInt64());
        using InferenceSession session = new(onnx);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("image", new DenseTensor<byte>([1, 40, 40, 3]))]);
        Assert.AreSequenceEqual(["few", "many", "some"], results.First(value => value.Name == "labels").AsEnumerable<string>());
        Assert.AreSequenceEqual(["m.onnx"], folder.Files());
    }
}
