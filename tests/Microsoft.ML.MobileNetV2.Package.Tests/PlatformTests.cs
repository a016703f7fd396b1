using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>The table of platforms in docs/packages.md: which native files a program gets, what works without those of ONNX Runtime, and where the build warns.</summary>
[TestClass]
public sealed class PlatformTests
{
    private const string Name = "PlatformConsumer";
    private const string WarningCode = "MOBILENETV2001";

    private static readonly string[] WithoutOnnxRuntime = ["linux-musl-x64", "osx-x64"];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task PublishedForEachPlatform_HasItsNativeFiles_AndWarnsWhereOnnxRuntimeHasNone()
    {
        ConsumerProject consumer = await ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);

        string[] log = await consumer.BuildAsync("-restore", "-t:PublishAll");

        Assert.AreSequenceEqual(["LdaNative.dll", "libSkiaSharp.dll", "onnxruntime.dll", "onnxruntime_providers_shared.dll"], Natives(consumer, "win-x64"));
        Assert.AreSequenceEqual(["LdaNative.dll", "libSkiaSharp.dll", "onnxruntime.dll", "onnxruntime_providers_shared.dll"], Natives(consumer, "win-arm64"));
        Assert.AreSequenceEqual(["libLdaNative.so", "libSkiaSharp.so", "libonnxruntime.so", "libonnxruntime_providers_shared.so"], Natives(consumer, "linux-x64"));
        Assert.AreSequenceEqual(["libLdaNative.so", "libSkiaSharp.so", "libonnxruntime.so", "libonnxruntime_providers_shared.so"], Natives(consumer, "linux-arm64"));
        Assert.AreSequenceEqual(["libLdaNative.dylib", "libSkiaSharp.dylib", "libonnxruntime.dylib"], Natives(consumer, "osx-arm64"));
        Assert.AreSequenceEqual(["libLdaNative.dylib", "libSkiaSharp.dylib"], Natives(consumer, "osx-x64"));
        Assert.AreSequenceEqual(
            ["libLdaNative.so", "libSkiaSharp.so", "libonnxruntime.so", "libonnxruntime_providers_shared.so"], Natives(consumer, "linux-musl-x64"), "of glibc, but for SkiaSharp");
        foreach (string platform in Directory.EnumerateDirectories(Path.Combine(consumer.Folder, "out")).Select(folder => Path.GetFileName(folder)))
        {
            bool isWarned = log.Any(line => line.Contains($"warning {WarningCode}: ONNX Runtime has no native library for {platform}:", StringComparison.Ordinal));
            Assert.AreEqual(WithoutOnnxRuntime.Contains(platform), isWarned, platform);
        }
    }

    [TestMethod]
    public async Task PublishedWithTheWarningHidden_DoesNotWarn()
    {
        ConsumerProject consumer = await ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);

        string[] log = await consumer.BuildAsync("-restore", "-t:Publish", "-p:RuntimeIdentifier=osx-x64", "-p:MobileNetV2WarnWithoutOnnxRuntime=false");

        Assert.IsEmpty(log.Where(line => line.Contains(WarningCode, StringComparison.Ordinal)));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task WithoutTheLibraryOfOnnxRuntime_WhatTheTableNamesWorks()
    {
        string platform = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        ConsumerProject consumer = await ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);
        await consumer.BuildAsync("-restore", "-t:Publish", $"-p:RuntimeIdentifier={platform}", "-p:PublishDir=out/");
        string[] command = ["exec", $"out/{Name}.dll", SavedResults.ImagePath, SavedResults.ImagePath.Replace("02", "01", StringComparison.Ordinal), SavedResults.ModelPath];

        string[] whole = await consumer.RunAsync(command);
        File.Delete(Path.Combine(consumer.Folder, "out", "libonnxruntime.so"));
        string[] without = await consumer.RunAsync(command);

        string[] all = ["ImageClassifier", "MobileNetV2Engine", "featurizer", "trainer", "Save", "Load"];
        Assert.AreSequenceEqual(all.Select(name => $"{name}: works"), whole);
        Assert.AreSequenceEqual(all.Select(name => name is "Save" or "Load" ? $"{name}: fails" : $"{name}: works"), without);
    }

    private static IEnumerable<string> Natives(ConsumerProject consumer, string platform) => Directory
        .EnumerateFiles(Path.Combine(consumer.Folder, "out", platform))
        .Where(path => Path.GetExtension(path) is ".so" or ".dylib" || (Path.GetExtension(path) == ".dll" && !IsManaged(path)))
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal);

    private static bool IsManaged(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        return reader.HasMetadata;
    }
}
