namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A program of one file, without a project: <c>dotnet run app.cs</c> in an empty folder.</summary>
[TestClass]
public sealed class FileBasedAppTests
{
    private const string PackageFolderVariable = "NUGET_PACKAGES";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task App_InAnEmptyFolder_ComputesFeaturesAndPredictsWithoutReflectionInJson()
    {
        PackedLibrary library = await PackedLibrary.GetAsync();
        string folder = Directory.CreateDirectory(Path.Combine(library.Folder, "app")).FullName;
        await WriteAppAsync(folder, library.Version);
        Dictionary<string, string> environment = new()
        {
            [PackageFolderVariable] = Path.Combine(library.Folder, "packages"),
            ["RestoreAdditionalProjectSources"] = library.SourceFolder,
            ["RestoreFallbackFolders"] = ConsumerProject.UserPackageFolder,
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            // What the SDK builds from such a file lies below the user's data.
            ["XDG_DATA_HOME"] = Directory.CreateDirectory(Path.Combine(library.Folder, "data")).FullName,
        };

        string[] lines = await DotNet.RunAsync(folder, environment, ["run", "app.cs", "--", ImagePath], TestContext.CancellationToken);

        Assert.AreSequenceEqual(
            ["1280 features, all numbers: True, all zero: False", "a class of ImageNet: True, a probability: True", "JSON without reflection: True"], lines);
    }

    private static string ImagePath => Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", "SavedModels", "images", "02.png");

    private async Task WriteAppAsync(string folder, string version)
    {
        string code = await File.ReadAllTextAsync(
            Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Package.Tests", "App", "app.cs"), TestContext.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "app.cs"), $"#:package {PackedLibrary.Id}@{version}\n{code}", TestContext.CancellationToken);
    }
}
