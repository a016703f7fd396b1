using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A user's project that knows nothing of the repository: it restores the package, builds and runs.</summary>
[TestClass]
public sealed class ConsumerTests
{
    private const string Model = "multiclass";
    private const string PackageFolderVariable = "NUGET_PACKAGES";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Consumer_RestoresThePackageIntoAnEmptyFolder_BuildsAndRuns()
    {
        using PackedLibrary library = await PackedLibrary.CreateAsync(TestContext.CancellationToken);
        string template = Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Package.Tests", "Consumer");
        foreach (string file in Directory.GetFiles(template))
        {
            File.Copy(file, Path.Combine(library.Folder, Path.GetFileName(file)));
        }

        string packages = Path.Combine(library.Folder, "packages");
        Dictionary<string, string> environment = new() { [PackageFolderVariable] = packages, ["MSBUILDDISABLENODEREUSE"] = "1" };
        string data = Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", "SavedModels");

        await RunAsync(
            "build", "-c", "Release", "-o", "out", "-p:UseSharedCompilation=false", $"-p:LibraryVersion={library.Version}", $"-p:RestoreFallbackFolders={UserPackageFolder}");
        string[] lines = await RunAsync("exec", "out/Consumer.dll", Path.Combine(data, "images", "02.png"), Path.Combine(data, $"{Model}.zip"));

        Assert.AreSequenceEqual(["1280 features, all numbers: True, all zero: False", BestOfTheThirdImage(data)], lines);
        Assert.IsTrue(Directory.Exists(Path.Combine(packages, PackedLibrary.Id.ToLowerInvariant(), library.Version)), "the package was restored into the empty folder");

        Task<string[]> RunAsync(params string[] arguments) => DotNet.RunAsync(library.Folder, environment, arguments, TestContext.CancellationToken);
    }

    private static string BestOfTheThirdImage(string data)
    {
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, $"{Model}.json")));
        return results.RootElement.GetProperty("results").EnumerateArray()
            .Single(result => result.GetProperty("loadedBy").GetString() == "ImageClassifier.Load").GetProperty("best")[2].GetString()!;
    }

    /// <summary>Gets the user's folder of packages: all but the library itself may come from there, so that nothing is downloaded twice.</summary>
    private static string UserPackageFolder => Environment.GetEnvironmentVariable(PackageFolderVariable)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
