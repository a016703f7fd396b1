using System.Xml.Linq;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>What travels in the package, and what does not.</summary>
[TestClass]
public sealed class PackageContentTests
{
    /// <summary>Prefixes of packages that only the build or the tests use.</summary>
    private static readonly string[] BuildOnly = ["BenchmarkDotNet", "Grpc.Tools", "MSTest", "Microsoft.CodeAnalysis", "Microsoft.Testing"];

    /// <summary>Both sets of weights take 8.5 million bytes.</summary>
    private const long MaxCoreLength = 11_000_000;

    private const long MaxLength = 500_000;

    /// <summary>The most characters that nuget.org takes.</summary>
    private const int MaxReleaseNotesLength = 35_000;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task CorePackage_HoldsTheLibraryItsDocumentationAndItsLicensesOnly()
    {
        PackedLibrary library = await PackedLibrary.GetAsync();

        Assert.AreSequenceEqual(
            [
                "LICENSE",
                $"{PackedLibrary.CoreId}.nuspec",
                "README.md",
                "assets/LICENSE-Apache-2.0.txt",
                "assets/LICENSE-WordNet-3.0.txt",
                "assets/NOTICE.md",
                "assets/README.md",
                "icon.png",
                $"lib/net10.0/{PackedLibrary.CoreId}.dll",
                $"lib/net10.0/{PackedLibrary.CoreId}.xml",
            ],
            library.FileNames(PackedLibrary.CoreId));
        Assert.IsLessThan(MaxCoreLength, library.LengthOf(PackedLibrary.CoreId), "the package grew");
        Assert.Contains("<summary>", library.ReadText(PackedLibrary.CoreId, $"lib/net10.0/{PackedLibrary.CoreId}.xml"));
    }

    [TestMethod]
    [DataRow(PackedLibrary.Id, $"buildTransitive/{PackedLibrary.Id}.targets")]
    [DataRow(PackedLibrary.ExtensionsId)]
    public async Task Packages_HoldTheLibraryItsDocumentationAndItsLicenseOnly(string id, params string[] targets)
    {
        PackedLibrary library = await PackedLibrary.GetAsync();

        Assert.AreSequenceEqual(
            [
                "LICENSE",
                $"{id}.nuspec",
                "README.md",
                .. targets,
                "icon.png",
                $"lib/net10.0/{id}.dll",
                $"lib/net10.0/{id}.xml",
            ],
            library.FileNames(id));
        Assert.IsLessThan(MaxLength, library.LengthOf(id), "the package grew");
        Assert.Contains("<summary>", library.ReadText(id, $"lib/net10.0/{id}.xml"));
    }

    [TestMethod]
    [DataRow(PackedLibrary.CoreId, "MIT AND Apache-2.0")]
    [DataRow(PackedLibrary.Id, "MIT")]
    [DataRow(PackedLibrary.ExtensionsId, "MIT")]
    public async Task Packages_NameTheirLicenseTheirReadmeAndWhatTheyNeedAtRunTime(string id, string license)
    {
        PackedLibrary library = await PackedLibrary.GetAsync();

        XElement nuspec = Nuspec(library, id);
        Assert.AreEqual(license, Elements(nuspec, "license").Single().Value);
        Assert.AreEqual("README.md", Elements(nuspec, "readme").Single().Value);
        Assert.AreEqual("icon.png", Elements(nuspec, "icon").Single().Value);
        Assert.IsGreaterThan(5, Elements(nuspec, "tags").Single().Value.Split(' ').Length);
        Assert.IsNotEmpty(Dependencies(nuspec));
        Assert.IsEmpty(Dependencies(nuspec).Keys.Where(name => BuildOnly.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))));
    }

    [TestMethod]
    public async Task CorePackage_NeedsNeitherMLNetNorOnnxRuntime()
    {
        PackedLibrary library = await PackedLibrary.GetAsync();

        Dictionary<string, string> dependencies = Dependencies(Nuspec(library, PackedLibrary.CoreId));
        Assert.Contains("SkiaSharp", dependencies.Keys);
        Assert.IsEmpty(dependencies.Keys.Where(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Package_NeedsTheCoreOfItsOwnVersion()
    {
        PackedLibrary library = await PackedLibrary.GetAsync();

        Dictionary<string, string> dependencies = Dependencies(Nuspec(library, PackedLibrary.Id));
        Assert.Contains("Microsoft.ML", dependencies.Keys);
        Assert.AreEqual($"[{library.Version}]", dependencies[PackedLibrary.CoreId]);
    }

    [TestMethod]
    public async Task ExtensionsPackage_NeedsTheCoreAndAbstractionsWithoutMLNet()
    {
        PackedLibrary library = await PackedLibrary.GetAsync();

        Dictionary<string, string> dependencies = Dependencies(Nuspec(library, PackedLibrary.ExtensionsId));
        Assert.AreEqual(library.Version, dependencies[PackedLibrary.CoreId]);
        Assert.Contains("Microsoft.Extensions.AI.Abstractions", dependencies.Keys);
        Assert.AreSequenceEqual([PackedLibrary.CoreId], dependencies.Keys.Where(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(PackedLibrary.CoreId)]
    [DataRow(PackedLibrary.Id)]
    [DataRow(PackedLibrary.ExtensionsId)]
    public async Task Packages_HaveTheNewestSectionOfTheChangelogAsReleaseNotes(string id)
    {
        PackedLibrary library = await PackedLibrary.GetAsync();
        string[] changelog = await File.ReadAllLinesAsync(Repository.PathOf("CHANGELOG.md"), TestContext.CancellationToken);
        string[] newest = [.. changelog.SkipWhile(line => !line.StartsWith("## [", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## [", StringComparison.Ordinal))];

        string notes = Elements(Nuspec(library, id), "releaseNotes").Single().Value;

        Assert.AreSequenceEqual(string.Join('\n', newest).Trim().Split('\n'), notes.Split('\n').Select(line => line.TrimEnd('\r')));
        Assert.IsLessThan(MaxReleaseNotesLength, notes.Length, "begin a new section of the changelog");
    }

    [TestMethod]
    public async Task Packages_AreRenamedInOnePlace()
    {
        const string OtherId = "Contoso.Images";
        PackedLibrary library = await PackedLibrary.GetAsync();
        string folder = Path.Combine(library.Folder, "renamed");

        await library.PackAsync(folder, $"-p:PackageIdPrefix={OtherId}");

        XElement nuspec = XElement.Parse(PackedLibrary.ReadEntry(Path.Combine(folder, $"{OtherId}.{library.Version}.nupkg"), $"{OtherId}.nuspec"));
        Assert.AreEqual(OtherId, Elements(nuspec, "id").Single().Value);
        Assert.Contains("Warning", PackedLibrary.ReadEntry(Path.Combine(folder, $"{OtherId}.{library.Version}.nupkg"), $"buildTransitive/{OtherId}.targets"));
        Assert.IsTrue(File.Exists(Path.Combine(folder, $"{OtherId}.Core.{library.Version}.nupkg")));
    }

    private static XElement Nuspec(PackedLibrary library, string id) => XElement.Parse(library.ReadText(id, $"{id}.nuspec"));

    private static Dictionary<string, string> Dependencies(XElement nuspec) => Elements(nuspec, "dependency")
        .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value, StringComparer.Ordinal);

    private static IEnumerable<XElement> Elements(XElement nuspec, string name) =>
        nuspec.Descendants().Where(element => element.Name.LocalName == name);
}
