using System.IO.Compression;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Represents the library's packages, packed once for all tests from the build that they run from, in a temporary folder.</summary>
internal sealed class PackedLibrary
{
    /// <summary>The package that adds ML.NET.</summary>
    internal const string Id = "Microsoft.ML.MobileNetV2";

    /// <summary>The package that predicts.</summary>
    internal const string CoreId = $"{Id}.Core";

    /// <summary>The package that plugs into .NET's hosts.</summary>
    internal const string ExtensionsId = $"{Id}.Extensions";

    private static readonly string[] PartsOfTheContainer = ["[Content_Types].xml", "_rels/", "package/"];

    private static readonly Lazy<Task<PackedLibrary>> Shared = new(CreateAsync);

    private PackedLibrary(string folder, string version)
    {
        Folder = folder;
        Version = version;
    }

    /// <summary>Gets the temporary folder, which holds the packages in <see cref="SourceFolder"/>.</summary>
    internal string Folder { get; }

    internal string SourceFolder => Path.Combine(Folder, "packed");

    /// <summary>Gets a version that no other package has, so that none is taken for it.</summary>
    internal string Version { get; }

    internal static Task<PackedLibrary> GetAsync() => Shared.Value;

    internal static async Task DeleteAsync()
    {
        if (Shared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            Directory.Delete((await Shared.Value).Folder, recursive: true);
        }
    }

    /// <summary>Returns the number of bytes of a package.</summary>
    internal long LengthOf(string id) => new FileInfo(PathOf(id)).Length;

    /// <summary>Returns the names of the files in a package without the parts that every package has.</summary>
    internal string[] FileNames(string id)
    {
        using ZipArchive package = Open(id);
        return [.. package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !PartsOfTheContainer.Any(part => name.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
    }

    internal string ReadText(string id, string name)
    {
        using ZipArchive package = Open(id);
        using StreamReader reader = new(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static async Task<PackedLibrary> CreateAsync()
    {
        PackedLibrary library = new(Directory.CreateTempSubdirectory("mobilenetv2-package-").FullName, $"0.0.1-test.{Guid.NewGuid():n}");
        foreach (string id in new[] { CoreId, ExtensionsId, Id })
        {
            string project = Repository.PathOf("src", id, $"{id}.csproj");
            await DotNet.RunAsync(
                library.Folder,
                new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1" },
                ["pack", project, "--no-build", "-c", Repository.Configuration, "-o", library.SourceFolder, $"-p:PackageVersion={library.Version}"],
                CancellationToken.None);
        }

        return library;
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(PathOf(id));

    private string PathOf(string id) => Path.Combine(SourceFolder, $"{id}.{Version}.nupkg");
}
