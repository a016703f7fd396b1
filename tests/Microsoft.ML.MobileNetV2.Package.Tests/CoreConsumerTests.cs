using System.Globalization;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A user's program that only predicts: it references the Core alone.</summary>
[TestClass]
public sealed class CoreConsumerTests
{
    private const string Name = "CoreConsumer";

    /// <summary>The saved scores are of ONNX Runtime, whose sums are rounded in another order.</summary>
    private const float Tolerance = 2e-5f;

    /// <summary>Runs programs for ARM64; docs/testing.md tells what it needs.</summary>
    private const string Emulator = "qemu-aarch64-static";

    private const string FeaturesPrefix = "features: ";

    private const long MaxLength = 30_000_000;

    private static readonly string[] Assemblies =
        ["CoreConsumer.dll", "Google.Protobuf.dll", "Microsoft.ML.MobileNetV2.Core.dll", "SkiaSharp.dll", "System.IO.Hashing.dll", "System.Numerics.Tensors.dll"];

    /// <summary>Parts of the C library, the only ones that may be needed.</summary>
    private static readonly string[] SystemLibraries = ["ld-linux-", "libc.", "libdl.", "libm.", "libpthread.", "librt.", "libstdc++.", "libgcc_s.", "linux-vdso."];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task CoreConsumer_PredictsWithoutMLNetAndWithoutReflectionOverJson()
    {
        ConsumerProject consumer = await CreateAsync();
        string damaged = consumer.WriteDamagedHdf5File();

        await consumer.MakeAsync("build", "out");
        string[] lines = await consumer.RunAsync(["exec", "out/CoreConsumer.dll", SavedResults.ModelPath, SavedResults.ImagePath, damaged]);

        AssertScores(lines);
        Assert.Contains("reflection: False", lines);
        Assert.AreEqual(
            $"'{damaged}': it is an HDF5 file, as Keras saves weights. Reference the package Microsoft.ML.MobileNetV2, which reads them, or save the weights as safetensors.",
            lines[^1]);
        Assert.AreSequenceEqual(Assemblies, Files(consumer, "out").Where(file => Path.GetExtension(file) == ".dll" && Path.GetDirectoryName(file) == string.Empty));
    }

    [TestMethod]
    [DataRow("osx-x64", "libSkiaSharp.dylib")]
    [DataRow("osx-arm64", "libSkiaSharp.dylib")]
    [DataRow("linux-x64", "libSkiaSharp.so")]
    [DataRow("linux-arm64", "libSkiaSharp.so")]
    [DataRow("linux-musl-x64", "libSkiaSharp.so")]
    [DataRow("win-x64", "libSkiaSharp.dll")]
    [DataRow("win-arm64", "libSkiaSharp.dll")]
    public async Task CoreConsumer_PublishedForAPlatform_HasItsOnlyNativeFile(string platform, string native)
    {
        ConsumerProject consumer = await CreateAsync();

        await consumer.MakeAsync("publish", "out", "-r", platform, "--no-self-contained", "-p:UseAppHost=false");

        Assert.AreSequenceEqual(
            Assemblies.Append(native).Order(StringComparer.Ordinal),
            Files(consumer, "out").Where(file => Path.GetExtension(file) is ".dll" or ".so" or ".dylib"));
    }

    [TestMethod]
    [SlowTest]
    public async Task CoreConsumer_CompiledAheadOfTime_PredictsWithTheSameScoresAndNeedsTheCLibraryAlone()
    {
        ConsumerProject consumer = await CreateAsync();
        string[] arguments = [SavedResults.ModelPath, SavedResults.ImagePath, consumer.WriteDamagedHdf5File()];

        // Registers of 256 bits on both sides, so that sums are rounded in the same order.
        string[] log = await consumer.MakeAsync("publish", "native", "-r", "linux-x64", "-p:PublishAot=true", "-p:IlcInstructionSet=x86-64-v3");
        string program = Path.Combine(consumer.Folder, "native", Name);
        string[] native = await DotNet.RunProgramAsync(program, arguments, TestContext.CancellationToken);
        string[] needed = await DotNet.RunProgramAsync("ldd", [program, Path.Combine(consumer.Folder, "native", "libSkiaSharp.so")], TestContext.CancellationToken);
        await consumer.MakeAsync("build", "jit");
        string[] compiled = await consumer.RunAsync(["exec", "jit/CoreConsumer.dll", .. arguments], ("DOTNET_EnableAVX512", "0"));

        string[] logOfAll = await consumer.MakeAsync("publish", "all", "-r", "linux-x64", "-p:PublishAot=true", "-p:CompileAll=true");

        Assert.IsEmpty(log.Concat(logOfAll).Where(line => line.Contains("warning", StringComparison.Ordinal)));
        Assert.AreSequenceEqual(compiled, native);
        Assert.AreSequenceEqual([Name, "libSkiaSharp.so"], Files(consumer, "native"));
        Assert.IsLessThan(MaxLength, Files(consumer, "native").Sum(file => new FileInfo(Path.Combine(consumer.Folder, "native", file)).Length));
        Assert.IsEmpty(needed.Where(line => line.StartsWith('\t') && !SystemLibraries.Any(library => Path.GetFileName(line.Split(' ')[0].Trim()).StartsWith(library, StringComparison.Ordinal))));
    }

    [TestMethod]
    [SlowTest]
    public async Task CoreConsumer_OnAnEmulatedArm64Processor_GivesTheSameScoresAndFeatures()
    {
        ConsumerProject consumer = await CreateAsync();
        string[] arguments = [SavedResults.ModelPath, SavedResults.ImagePath, consumer.WriteDamagedHdf5File()];

        await consumer.MakeAsync("build", "here");
        string[] here = await consumer.RunAsync(["exec", "here/CoreConsumer.dll", .. arguments]);
        await consumer.MakeAsync("publish", "arm64", "-r", "linux-arm64", "--self-contained");
        string[] there = await DotNet.RunProgramAsync(Emulator, [Path.Combine(consumer.Folder, "arm64", Name), .. arguments], TestContext.CancellationToken);

        AssertScores(there);
        foreach ((float expected, float actual) in ReadFeatures(here).Zip(ReadFeatures(there)))
        {
            Assert.AreEqual(expected, actual, Tolerance);
        }
    }

    private static void AssertScores(string[] lines)
    {
        foreach ((string label, float score) in SavedResults.ReadScores())
        {
            string line = lines.Single(line => line.StartsWith($"{label} ", StringComparison.Ordinal));
            Assert.AreEqual(score, float.Parse(line[label.Length..], CultureInfo.InvariantCulture), Tolerance, line);
        }
    }

    private static IEnumerable<float> ReadFeatures(string[] lines) => lines
        .Single(line => line.StartsWith(FeaturesPrefix, StringComparison.Ordinal))[FeaturesPrefix.Length..]
        .Split(' ')
        .Select(number => float.Parse(number, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Files(ConsumerProject consumer, string folder) => Directory
        .EnumerateFiles(Path.Combine(consumer.Folder, folder), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Path.Combine(consumer.Folder, folder), file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private Task<ConsumerProject> CreateAsync() => ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);
}
