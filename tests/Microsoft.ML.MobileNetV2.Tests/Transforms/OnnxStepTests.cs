using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>ML.NET reads ONNX models from files; none of them stays behind.</summary>
[TestClass]
public sealed class OnnxStepTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Dispose_DeletesTheFile()
    {
        OnnxStep step = Create();
        Assert.IsTrue(File.Exists(step.FilePath));

        step.Dispose();

        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(step.FilePath)));
    }

    [TestMethod]
    public void Collect_WithoutDispose_DeletesTheFile()
    {
        string path = CreateAndForget();

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.IsFalse(File.Exists(path));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static string CreateAndForget() => Create().FilePath;
    }

    [TestMethod]
    public void Save_GivesAStockStepThatRuns()
    {
        MLContext context = new(1);
        using MemoryStream stream = new();
        using (OnnxStep step = Create())
        {
            context.Model.Save(step, Rows(context).Schema, stream);
        }

        stream.Position = 0;
        ITransformer loaded = StockOnnx.Open(() => context.Model.Load(stream, out _));

        Assert.AreEqual("some text", loaded.Transform(Rows(context)).GetColumn<ReadOnlyMemory<char>[]>("text").Single().Single().ToString());
        ((IDisposable)loaded).Dispose();
    }

    [TestMethod]
    public async Task Program_ThatTrainsAndSaves_LeavesNoModelInTheTemporaryFolder()
    {
        using TemporaryFolder folder = new();
        string temporary = Directory.CreateDirectory(Path.Combine(folder.Path, "temporary")).FullName;
        string images = Directory.CreateDirectory(Path.Combine(folder.Path, "images")).FullName;
        for (int seed = 0; seed < 4; seed++)
        {
            await File.WriteAllBytesAsync(Path.Combine(images, $"{seed}.png"), DiscImages.Draw(seed), TestContext.CancellationToken);
        }

        string model = Path.Combine(folder.Path, "model.zip");
        ProcessStartInfo start = ChildProgram.Create("Microsoft.ML.MobileNetV2.FeatureWriter", [images, Path.Combine(folder.Path, "cache"), model]);
        start.RedirectStandardInput = true;
        start.Environment["TMPDIR"] = temporary;
        start.Environment["TMP"] = temporary;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);

        Assert.AreEqual(0, process.ExitCode, await errors);
        Assert.IsTrue(File.Exists(model));
        Assert.IsEmpty(Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 100).Select(Path.GetFileName));
    }

    private static OnnxStep Create()
    {
        MLContext context = new(1);
        return new(context, "text", "start", SavedOnnxModels.CreateText("start", "text", "some text"), Rows(context));
    }

    private static IDataView Rows(MLContext context) => context.Data.LoadFromEnumerable(new[] { new Row { Start = [1] } });

    private sealed class Row
    {
        [ColumnName("start")]
        [VectorType(1)]
        public float[] Start { get; set; } = [];
    }
}
