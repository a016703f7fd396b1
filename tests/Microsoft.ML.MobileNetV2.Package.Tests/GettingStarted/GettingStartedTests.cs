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

        foreach (RunnableBlock program in programs)
        {
            Assert.AreSequenceEqual(program.Output, await project.RunAsync(program));
        }

        Assert.AreSequenceEqual(["Sorter", "Viewer"], programs.Select(program => program.Project));
    }
}
