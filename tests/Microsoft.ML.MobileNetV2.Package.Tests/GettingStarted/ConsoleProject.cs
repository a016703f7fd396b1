using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Package.Tests.GettingStarted;

/// <summary>Makes projects with the commands that a page gives, and runs them in one folder.</summary>
internal sealed class ConsoleProject
{
    private const string Listening = "Now listening on: ";

    private readonly PackedLibrary _library;
    private readonly CancellationToken _end;
    private readonly string _packageFolder;

    private ConsoleProject(PackedLibrary library, CancellationToken end)
    {
        _library = library;
        _end = end;
        string folder = Directory.CreateDirectory(Path.Combine(library.Folder, $"started-{Guid.NewGuid():n}")).FullName;
        _packageFolder = Path.Combine(folder, "packages");
        WorkingFolder = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName;
    }

    /// <summary>Gets the folder that the commands are typed in.</summary>
    internal string WorkingFolder { get; }

    private Dictionary<string, string> Environment => new()
    {
        ["NUGET_PACKAGES"] = _packageFolder,
        ["RestoreAdditionalProjectSources"] = _library.SourceFolder,
        ["RestoreFallbackFolders"] = ConsumerProject.UserPackageFolder,
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["LC_ALL"] = "C.UTF-8",

        // A plain build has the native files of all platforms.
        ["CreateHardLinksForCopyFilesToOutputDirectoryIfPossible"] = "true",
    };

    internal static async Task<ConsoleProject> CreateAsync(CancellationToken end) => new(await PackedLibrary.GetAsync(), end);

    /// <summary>Makes a project of a program and runs it; returns the lines that it prints.</summary>
    internal async Task<string[]> RunAsync(RunnableBlock program)
    {
        await MakeAsync(program);
        return await DotNetAsync("run", "-c", "Release", "--project", program.Project);
    }

    /// <summary>Makes a project of a service, starts it, and returns what it answers to a file.</summary>
    internal async Task<string> AskAsync(RunnableBlock service, string path, string file)
    {
        await MakeAsync(service);
        ProcessStartInfo start = new("dotnet", ["run", "-c", "Release", "--project", service.Project, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = WorkingFolder,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        await using CancellationTokenRegistration kill = _end.Register(() => process.Kill(entireProcessTree: true));
        using HttpClient client = new();
        using ByteArrayContent content = new(await File.ReadAllBytesAsync(Path.Combine(WorkingFolder, file), _end));
        using HttpResponseMessage answer = await client.PostAsync(new Uri(await ReadAddressAsync(process.StandardOutput) + path), content, _end);
        string text = await answer.Content.ReadAsStringAsync(_end);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        return text;
    }

    private static async Task<string> ReadAddressAsync(StreamReader output)
    {
        List<string> lines = [];
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lines.Add(line);
            int index = line.IndexOf(Listening, StringComparison.Ordinal);
            if (index >= 0)
            {
                return line[(index + Listening.Length)..].Trim();
            }
        }

        throw new AssertFailedException($"The service has ended:{System.Environment.NewLine}{string.Join(System.Environment.NewLine, lines)}");
    }

    private async Task MakeAsync(RunnableBlock program)
    {
        await DotNetAsync("new", program.Template, "-o", program.Project);
        await DotNetAsync("add", program.Project, "package", program.Package, "--version", _library.Version);
        await File.WriteAllTextAsync(Path.Combine(WorkingFolder, program.Project, "Program.cs"), program.Code, _end);
    }

    private Task<string[]> DotNetAsync(params string[] arguments) => DotNet.RunAsync(WorkingFolder, Environment, arguments, _end);
}
