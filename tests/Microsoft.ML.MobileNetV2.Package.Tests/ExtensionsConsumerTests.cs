using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A user's program with a host: it references the extensions and a host.</summary>
[TestClass]
public sealed class ExtensionsConsumerTests
{
    private const string Name = "ExtensionsConsumer";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task ExtensionsConsumer_ClassifiesAndEmbedsWithoutMLNet()
    {
        ConsumerProject consumer = await ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);

        await consumer.MakeAsync("build", "out");
        string[] lines = await consumer.RunAsync(["exec", $"out/{Name}.dll", SavedResults.ModelPath, SavedResults.ImagePath]);

        SavedResults.AssertScores(lines);
        Assert.AreSequenceEqual(["Healthy", "mobilenetv2/Bundled/192: 1280"], lines.TakeLast(2));
        Assert.IsFalse(File.Exists(Path.Combine(consumer.Folder, "out", "Microsoft.ML.Core.dll")));
    }

    [TestMethod]
    [SlowTest]
    public async Task ExtensionsConsumer_CompiledAheadOfTimeAsAWhole_GivesNoWarningAndTheSameScores()
    {
        ConsumerProject consumer = await ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);

        string[] log = await consumer.MakeAsync("publish", "native", "-r", "linux-x64", "-p:PublishAot=true", "-p:CompileAll=true");
        string[] lines = await DotNet.RunProgramAsync(
            Path.Combine(consumer.Folder, "native", Name), [SavedResults.ModelPath, SavedResults.ImagePath], TestContext.CancellationToken);

        Assert.IsEmpty(log.Where(line => line.Contains("warning", StringComparison.Ordinal)));
        SavedResults.AssertScores(lines);
        Assert.AreSequenceEqual(["Healthy", "mobilenetv2/Bundled/192: 1280"], lines.TakeLast(2));
    }
}
