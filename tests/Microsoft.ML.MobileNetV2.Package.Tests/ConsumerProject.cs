namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Represents a copy of a user's project that knows nothing of the repository: it restores the packages into an empty folder.</summary>
internal sealed class ConsumerProject
{
    private const string PackageFolderVariable = "NUGET_PACKAGES";

    private readonly PackedLibrary _library;
    private readonly CancellationToken _end;

    private ConsumerProject(PackedLibrary library, string folder, CancellationToken end)
    {
        _library = library;
        _end = end;
        Folder = folder;
    }

    /// <summary>Gets the folder of the copy.</summary>
    internal string Folder { get; }

    /// <summary>Gets the folder into which the packages are restored.</summary>
    internal string PackageFolder => Path.Combine(Folder, "packages");

    private string[] Properties =>
        ["-p:UseSharedCompilation=false", $"-p:LibraryVersion={_library.Version}", $"-p:RestoreFallbackFolders={UserPackageFolder}"];

    /// <summary>Gets the user's folder of packages: all but the library itself may come from there, so that nothing is downloaded twice.</summary>
    internal static string UserPackageFolder => Environment.GetEnvironmentVariable(PackageFolderVariable)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Copies a project.</summary>
    /// <param name="template">The name of its folder.</param>
    /// <param name="end">Kills its commands.</param>
    internal static async Task<ConsumerProject> CreateAsync(string template, CancellationToken end)
    {
        PackedLibrary library = await PackedLibrary.GetAsync();
        string folder = Directory.CreateDirectory(Path.Combine(library.Folder, $"{template}-{Guid.NewGuid():n}")).FullName;
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Package.Tests", template)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return new(library, folder, end);
    }

    /// <summary>Restores and builds or publishes the project; returns the lines that this prints.</summary>
    /// <param name="command">The command of <c>dotnet</c>.</param>
    /// <param name="output">The name of the folder to write to.</param>
    /// <param name="arguments">Further arguments.</param>
    internal Task<string[]> MakeAsync(string command, string output, params string[] arguments) =>
        RunAsync([command, "-c", "Release", "-o", output, .. Properties, .. arguments]);

    /// <summary>Runs the build with targets of the project; returns the lines that this prints.</summary>
    /// <param name="arguments">Its arguments.</param>
    internal Task<string[]> BuildAsync(params string[] arguments) => RunAsync(["msbuild", "-p:Configuration=Release", .. Properties, .. arguments]);

    /// <summary>Runs <c>dotnet</c> in the folder; returns the lines that it prints.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Variables to set.</param>
    internal Task<string[]> RunAsync(IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> environment = new() { [PackageFolderVariable] = PackageFolder, ["MSBUILDDISABLENODEREUSE"] = "1" };
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return DotNet.RunAsync(Folder, environment, arguments, _end);
    }

    /// <summary>Writes a file that begins as HDF5 does and then ends; returns its path.</summary>
    internal string WriteDamagedHdf5File()
    {
        string path = Path.Combine(Folder, "damaged.h5");
        File.WriteAllBytes(path, [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a]);
        return path;
    }
}
