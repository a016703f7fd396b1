using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

/// <summary>Nothing stays behind: no open file, no native memory, and no memory that grows with the rows.</summary>
[TestClass]
[TestCategory("Slow")]
[DoNotParallelize]
public sealed class ResourceTests
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Ten engines at width 1.0 would hold some 400 MiB, and 3,000 images 1,500; what is less is the allocators of .NET and ONNX Runtime.</summary>
    private const long AllowedGrowth = 100 * Mebibyte;

    private readonly MLContext _context = new(1);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Engine_MadeAndDisposedTenTimes_LeavesNoMemory()
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(1.0f);
        void UseOne()
        {
            using MobileNetV2Engine engine = new(new MobileNetV2EngineOptions { Weights = weights });
            engine.WarmUp();
        }

        UseOne();
        UseOne();
        long before = ResidentBytes();
        for (int i = 0; i < 10; i++)
        {
            UseOne();
        }

        long growth = ResidentBytes() - before;
        TestContext.WriteLine($"{growth / Mebibyte} MiB more after ten engines");
        Assert.IsLessThan(AllowedGrowth, growth);
    }

    [TestMethod]
    public void Transform_OfManyRows_KeepsMemoryAndClosesEveryFile()
    {
        using TemporaryFolder folder = new();
        string[] paths = [.. Enumerable.Range(0, 10).Select(seed => folder.Write(
            $"{seed}.jpg", DiscImages.Draw(seed, 500, 375, SkiaSharp.SKEncodedImageFormat.Jpeg)))];
        using var transformer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 96 }).Fit(Rows(paths, 1));
        Read(200);
        long before = ResidentBytes();
        int filesBefore = OpenFilesIn(folder);

        Read(3000);

        long growth = ResidentBytes() - before;
        TestContext.WriteLine($"{growth / Mebibyte} MiB more after 3000 rows");
        Assert.IsLessThan(AllowedGrowth, growth);
        Assert.AreEqual(0, filesBefore);
        Assert.AreEqual(0, OpenFilesIn(folder));

        void Read(int count) => Assert.HasCount(
            count, transformer.Transform(Rows(paths, count)).GetColumn<VBuffer<float>>("Features").Select(values => values.Length).ToArray());
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // Gives free memory back to the system, so that what other tests left in the heap does not count.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>Counts the process's open files in a folder, where the system tells (Linux); elsewhere deleting the folder fails if one is open.</summary>
    private static int OpenFilesIn(TemporaryFolder folder) => Directory.Exists("/proc/self/fd")
        ? Directory.GetFiles("/proc/self/fd").Count(link => TargetOf(link)?.StartsWith(folder.Path, StringComparison.Ordinal) == true)
        : 0;

    private static string? TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            // Another thread closed the file after it was listed.
            return null;
        }
    }

    private IDataView Rows(string[] paths, int count) => _context.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(index => new PathExample { Image = paths[index % paths.Length] }));
}
