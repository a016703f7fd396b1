using System.Xml.Linq;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>What travels in the package, and what does not.</summary>
[TestClass]
public sealed class PackageContentTests
{
    /// <summary>Prefixes of packages that only the build or the tests use.</summary>
    private static readonly string[] BuildOnly = ["BenchmarkDotNet", "Grpc.Tools", "MSTest", "Microsoft.CodeAnalysis", "Microsoft.Testing"];

    /// <summary>Both sets of weights take 8.5 million bytes.</summary>
    private const long MaxLength = 11_000_000;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Package_HoldsTheLibraryItsDocumentationAndItsLicensesOnly()
    {
        using PackedLibrary library = await PackedLibrary.CreateAsync(TestContext.CancellationToken);

        Assert.AreSequenceEqual(
            [
                "LICENSE",
                $"{PackedLibrary.Id}.nuspec",
                "README.md",
                "assets/LICENSE-Apache-2.0.txt",
                "assets/LICENSE-WordNet-3.0.txt",
                "assets/NOTICE.md",
                "assets/README.md",
                $"lib/net10.0/{PackedLibrary.Id}.dll",
                $"lib/net10.0/{PackedLibrary.Id}.xml",
            ],
            library.FileNames());
        Assert.IsLessThan(MaxLength, library.Length, "the package grew");
        Assert.Contains("<summary>", library.ReadText($"lib/net10.0/{PackedLibrary.Id}.xml"));
    }

    [TestMethod]
    public async Task Package_NamesItsLicenseItsReadmeAndWhatItNeedsAtRunTime()
    {
        using PackedLibrary library = await PackedLibrary.CreateAsync(TestContext.CancellationToken);

        XElement nuspec = XElement.Parse(library.ReadText($"{PackedLibrary.Id}.nuspec"));
        string[] dependencies = [.. Elements(nuspec, "dependency").Select(element => element.Attribute("id")!.Value)];
        Assert.AreEqual("MIT AND Apache-2.0", Elements(nuspec, "license").Single().Value);
        Assert.AreEqual("README.md", Elements(nuspec, "readme").Single().Value);
        Assert.Contains("Microsoft.ML", dependencies);
        Assert.IsEmpty(dependencies.Where(id => BuildOnly.Any(prefix => id.StartsWith(prefix, StringComparison.Ordinal))));
    }

    private static IEnumerable<XElement> Elements(XElement nuspec, string name) =>
        nuspec.Descendants().Where(element => element.Name.LocalName == name);
}
