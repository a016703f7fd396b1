namespace Microsoft.ML.MobileNetV2.Package.Tests.GettingStarted;

/// <summary>Makes projects with the commands that a page gives, and runs them in one folder.</summary>
internal sealed class ConsoleProject
{
    private readonly PackedLibrary _library;
    private readonly CancellationToken _end;
    private readonly string _folder;

    private ConsoleProject(PackedLibrary library, CancellationToken end)
    {
        _library = library;
        _end = end;
        _folder = Directory.CreateDirectory(Path.Combine(library.Folder, $"started-{Guid.NewGuid():n}")).FullName;
        WorkingFolder = Directory.CreateDirectory(Path.Combine(_folder, "work")).FullName;
    }

    /// <summary>Gets the folder that the programs run in.</summary>
    internal string WorkingFolder { get; }

    internal static async Task<ConsoleProject> CreateAsync(CancellationToken end) => new(await PackedLibrary.GetAsync(), end);

    /// <summary>Makes a project of a program and runs it; returns the lines that it prints.</summary>
    internal async Task<string[]> RunAsync(RunnableBlock program)
    {
        string project = Path.Combine(_folder, program.Project);
        await DotNetAsync(_folder, "new", "console", "-o", program.Project);
        await DotNetAsync(project, "add", "package", program.Package, "--version", _library.Version);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program.Code, _end);
        return await DotNetAsync(WorkingFolder, "run", "-c", "Release", "--project", project);
    }

    private Task<string[]> DotNetAsync(string folder, params string[] arguments) => DotNet.RunAsync(
        folder,
        new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
            ["RestoreAdditionalProjectSources"] = _library.SourceFolder,
            ["RestoreFallbackFolders"] = ConsumerProject.UserPackageFolder,
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            ["LC_ALL"] = "C.UTF-8",

            // A plain build has the native files of all platforms.
            ["CreateHardLinksForCopyFilesToOutputDirectoryIfPossible"] = "true",
        },
        arguments,
        _end);
}
