using System.Globalization;
using TransferLearning.Surfaces;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A program of one file, without a project: <c>dotnet run app.cs</c> in an empty folder.</summary>
[TestClass]
public sealed class FileBasedAppTests
{
    private const string PackageFolderVariable = "NUGET_PACKAGES";

    private static readonly string[] Classes = ["clean", "crack", "dent", "scratch", "stain"];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task App_InAnEmptyFolder_ComputesFeaturesAndPredictsWithoutReflectionInJson()
    {
        string[] lines = await RunAsync(Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Package.Tests", "App", "app.cs"), ImagePath);

        Assert.AreSequenceEqual(
            ["1280 features, all numbers: True, all zero: False", "a class of ImageNet: True, a probability: True", "JSON without reflection: True"], lines);
    }

    [TestMethod]
    public async Task Sample_OfOneFile_FindsDamagedImagesCopiesAndWrongLabels()
    {
        DirectoryInfo images = Directory.CreateDirectory(Path.Combine((await PackedLibrary.GetAsync()).Folder, "review-images"));
        for (int number = 0; number < 50; number++)
        {
            string name = Classes[number % Classes.Length];
            SurfaceDefects.DrawOne(number, Path.Combine(images.CreateSubdirectory(name).FullName, string.Create(CultureInfo.InvariantCulture, $"{number / Classes.Length}.jpg")));
        }

        File.Copy(Path.Combine(images.FullName, "crack", "0.jpg"), Path.Combine(images.FullName, "crack", "copy.jpg"));
        SurfaceDefects.DrawOne(102, Path.Combine(images.FullName, "clean", "wrong.jpg"));
        await File.WriteAllTextAsync(Path.Combine(images.FullName, "stain", "text.jpg"), "no image", TestContext.CancellationToken);

        string[] lines = await RunAsync(Repository.PathOf("samples", "ReviewImages", "review.cs"), images.FullName);

        Assert.AreSequenceEqual(["    11 clean", "    11 crack", "    10 dent", "    10 scratch", "    11 stain"], lines[..5]);
        Assert.StartsWith($"damaged: '{Path.Combine(images.FullName, "stain", "text.jpg")}': the content is not an image", lines[5]);
        Assert.Contains("alike: crack/0.jpg, crack/copy.jpg", lines);
        Assert.Contains("label: clean/wrong.jpg is rather dent than clean", lines);
    }

    private static string ImagePath => Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", "SavedModels", "images", "02.png");

    /// <summary>Runs a program in an empty folder, with the package in place of the project that it may name; returns the lines that it prints.</summary>
    private async Task<string[]> RunAsync(string path, string argument)
    {
        PackedLibrary library = await PackedLibrary.GetAsync();
        string name = Path.GetFileName(path);
        string folder = Directory.CreateDirectory(Path.Combine(library.Folder, Path.GetFileNameWithoutExtension(path))).FullName;
        string[] code = await File.ReadAllLinesAsync(path, TestContext.CancellationToken);
        await File.WriteAllLinesAsync(
            Path.Combine(folder, name),
            code.Where(line => !line.StartsWith('#')).Prepend($"#:package {PackedLibrary.Id}@{library.Version}"),
            TestContext.CancellationToken);
        Dictionary<string, string> environment = new()
        {
            [PackageFolderVariable] = Path.Combine(library.Folder, "packages"),
            ["RestoreAdditionalProjectSources"] = library.SourceFolder,
            ["RestoreFallbackFolders"] = ConsumerProject.UserPackageFolder,
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            ["LC_ALL"] = "C.UTF-8",

            // What the SDK builds from such a file lies below the user's data.
            ["XDG_DATA_HOME"] = Directory.CreateDirectory(Path.Combine(library.Folder, $"data-{name}")).FullName,
        };
        return await DotNet.RunAsync(folder, environment, ["run", name, "--", argument], TestContext.CancellationToken);
    }
}
