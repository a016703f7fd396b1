using TransferLearning.Surfaces;

namespace Microsoft.ML.MobileNetV2.Package.Tests.GettingStarted;

/// <summary>A newcomer's path, word for word as docs/getting-started.md has it, in an empty folder with the packed library.</summary>
[TestClass]
public sealed class GettingStartedTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Programs_InEmptyProjects_PrintWhatThePageShows()
    {
        string page = await File.ReadAllTextAsync(Repository.PathOf("docs", "getting-started.md"), TestContext.CancellationToken);
        IReadOnlyList<RunnableBlock> programs = RunnableBlock.Read(page.ReplaceLineEndings("\n"));
        ConsoleProject project = await ConsoleProject.CreateAsync(TestContext.CancellationToken);
        SurfaceDefects.Draw(Path.Combine(project.WorkingFolder, "images"));

        Assert.AreSequenceEqual(["Sorter", "Viewer", "Server"], programs.Select(program => program.Project));
        Assert.AreSequenceEqual(programs[0].Output, await project.RunAsync(programs[0]));
        Assert.AreSequenceEqual(programs[1].Output, await project.RunAsync(programs[1]));
        Assert.AreSequenceEqual(programs[2].Output, [await project.AskAsync(programs[2], "/classify", "images/dent/dent-07.jpg")]);
    }
}
