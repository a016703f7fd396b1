using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.Tests.Onnx;

/// <summary>The ONNX project's own checker, where Python and its package are installed.</summary>
[TestClass]
public sealed class OnnxCheckerTests
{
    private const string Python = "/usr/bin/python3";
    private const string Program = "import sys, onnx; [onnx.checker.check_model(onnx.load(path), full_check=True) for path in sys.argv[1:]]";

    [TestMethod]
    public async Task Models_PassTheChecker()
    {
        using TemporaryFolder folder = new();
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f, PaddingConvention.Same);
        string[] paths = [.. Enum.GetValues<MobileNetV2Output>().Select(output =>
            folder.Write($"{output}.onnx", NetworkModel.Create(new NetworkSpecification(weights, 97, output))))];
        if (!await IsInstalled().ConfigureAwait(false))
        {
            Assert.IsTrue(paths.All(CanBeLoaded), "the checker is not installed; ONNX Runtime must load the models all the same");
            return;
        }

        (int exitCode, string errors) = await Run(["-c", Program, .. paths]).ConfigureAwait(false);

        Assert.AreEqual(0, exitCode, errors);
    }

    private static bool CanBeLoaded(string path)
    {
        using InferenceSession session = new(path);
        return session.OutputMetadata.Count == 1;
    }

    private static async Task<bool> IsInstalled() =>
        File.Exists(Python) && (await Run(["-c", "import onnx"]).ConfigureAwait(false)).ExitCode == 0;

    private static async Task<(int ExitCode, string Errors)> Run(string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardError = true })!;
        string errors = await process.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return (process.ExitCode, errors);
    }
}
