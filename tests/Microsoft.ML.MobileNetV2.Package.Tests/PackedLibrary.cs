using System.IO.Compression;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Represents the library's package, packed from the build that the tests run from, in a temporary folder.</summary>
internal sealed class PackedLibrary : IDisposable
{
    internal const string Id = "Microsoft.ML.MobileNetV2";

    private static readonly string[] PartsOfTheContainer = ["[Content_Types].xml", "_rels/", "package/"];

    private PackedLibrary(string folder, string version)
    {
        Folder = folder;
        Version = version;
    }

    /// <summary>Gets the temporary folder, which holds the package in <see cref="SourceFolder"/>.</summary>
    internal string Folder { get; }

    internal string SourceFolder => Path.Combine(Folder, "packed");

    /// <summary>Gets a version that no other package has, so that none is taken for it.</summary>
    internal string Version { get; }

    internal static async Task<PackedLibrary> CreateAsync(CancellationToken end)
    {
        PackedLibrary library = new(Directory.CreateTempSubdirectory("mobilenetv2-package-").FullName, $"0.0.1-test.{Guid.NewGuid():n}");
        string project = Repository.PathOf("src", Id, $"{Id}.csproj");
        await DotNet.RunAsync(
            library.Folder,
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" },
            ["pack", project, "--no-build", "-c", Repository.Configuration, "-o", library.SourceFolder, $"-p:PackageVersion={library.Version}"],
            end);
        return library;
    }

    /// <summary>Gets the number of bytes of the package.</summary>
    internal long Length => new FileInfo(PackagePath).Length;

    private string PackagePath => Path.Combine(SourceFolder, $"{Id}.{Version}.nupkg");

    /// <summary>Returns the names of the files in the package without the parts that every package has.</summary>
    internal string[] FileNames()
    {
        using ZipArchive package = Open();
        return [.. package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !PartsOfTheContainer.Any(part => name.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
    }

    internal string ReadText(string name)
    {
        using ZipArchive package = Open();
        using StreamReader reader = new(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private ZipArchive Open() => ZipFile.OpenRead(PackagePath);
}
