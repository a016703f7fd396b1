using System.Diagnostics;

namespace ImageSearch.Tests;

/// <summary>The sample as a user runs it.</summary>
[TestClass]
public sealed class ProgramTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Folder_FindsTheCopyAndWritesAPageAsync()
    {
        using TemporaryFolder folder = new();
        string original = folder.Draw(1, "images", "a", "1.png");
        string copy = folder.PathOf("images", "a", "copy of <1>.png");
        File.Copy(original, copy);
        folder.Draw(2, "images", "b", "2.png");

        (int exitCode, string output, string error) = await RunAsync(folder, folder.PathOf("images"), "--like", original, "--count", "2", "--measure");
        (_, string again, _) = await RunAsync(folder, folder.PathOf("images"), "--like", original);

        Assert.AreEqual((0, string.Empty), (exitCode, error));
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        int similar = Array.FindIndex(lines, line => line.StartsWith("similar to ", StringComparison.Ordinal));
        Assert.AreEqual($"  0.000  {Path.Combine("a", "copy of <1>.png")}", lines[similar + 1]);
        Assert.Contains("near-duplicates, up to a distance of 0.050: 1", output);
        Assert.Contains("3 searches for 2 images", output);
        Assert.Contains("3 of them found those that are nearest by a comparison with every image", output);
        Assert.Contains("indexing 3 of 3 images", output);
        Assert.DoesNotContain("indexing", again);
        string page = await File.ReadAllTextAsync(folder.PathOf("similar.html"), TestContext.CancellationToken);
        Assert.Contains("copy of &lt;1&gt;.png", page);
        Assert.DoesNotContain("<1>", page);
        Assert.IsTrue(File.Exists(folder.PathOf("images.image-index", "images.parquet")));
    }

    [TestMethod]
    public async Task NoArguments_SearchesDrawnImagesAndLeavesOnlyThePageAsync()
    {
        using TemporaryFolder folder = new();

        (int exitCode, string output, string error) = await RunAsync(folder);

        Assert.AreEqual((0, string.Empty), (exitCode, error));
        Assert.Contains("304 images in the index", output);
        string[] copies = [.. output.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => !line.StartsWith("near-duplicates", StringComparison.Ordinal))
            .Where(line => line.Contains("copy-of-", StringComparison.Ordinal))];
        Assert.HasCount(4, copies);
        foreach (string line in copies)
        {
            string?[] names = [.. line.Trim().Split("  ").Skip(1).Select(Path.GetFileNameWithoutExtension).OrderBy(name => name!.Length)];
            Assert.AreEqual($"copy-of-{names[0]}", names[1]);
        }

        Assert.AreSequenceEqual(["similar.html"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [TestMethod]
    [DataRow("The folder of images '/nowhere' does not exist.", "/nowhere")]
    [DataRow("There is no option '--speed'; --help lists all.", "--speed", "3")]
    [DataRow("--count is '0'; expected a whole number above 0.", "--count", "0")]
    [DataRow("--duplicates is 'NaN'; expected a number from 0 to 1.", "--duplicates", "NaN")]
    [DataRow("A value is expected behind '--like'.", "--like")]
    [DataRow("One folder of images is expected, but a second one is given: 'b'.", "a", "b")]
    public async Task WrongArguments_AreNamedInOneLineAsync(string expected, params string[] arguments)
    {
        using TemporaryFolder folder = new();

        (int exitCode, string output, string error) = await RunAsync(folder, arguments);

        Assert.AreEqual((1, string.Empty, $"error: {expected}"), (exitCode, output, error.TrimEnd()));
    }

    [TestMethod]
    public async Task AnImageToSearchForThatCannotBeRead_IsNamedAsync()
    {
        using TemporaryFolder folder = new();
        folder.Draw(1, "images", "1.png");
        string broken = folder.Write("This is no image.", "broken.jpg");

        (int exitCode, _, string error) = await RunAsync(folder, folder.PathOf("images"), "--like", broken);

        Assert.AreEqual(1, exitCode);
        Assert.Contains($"'{broken}'", error);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ImageIndex).Assembly.Location, .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.CancellationToken);
        await process.WaitForExitAsync(TestContext.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
