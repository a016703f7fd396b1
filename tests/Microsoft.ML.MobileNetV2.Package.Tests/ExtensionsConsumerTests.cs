using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A user's program with a host: it references the extensions and a host.</summary>
[TestClass]
public sealed class ExtensionsConsumerTests
{
    private const string Name = "ExtensionsConsumer";

    public required TestContext TestContext { get; init; }

    private static string[] Arguments => [SavedResults.ModelPath, SavedResults.ImagePath];

    [TestMethod]
    public async Task ExtensionsConsumer_ClassifiesAndEmbedsWithoutMLNet_AndAheadOfTimeWhereSlowTestsRun()
    {
        ConsumerProject consumer = await ConsumerProject.CreateAsync(Name, TestContext.CancellationToken);

        await consumer.MakeAsync("build", "out");
        string[] lines = await consumer.RunAsync(["exec", $"out/{Name}.dll", .. Arguments]);

        AssertPrinted(lines);
        Assert.IsFalse(File.Exists(Path.Combine(consumer.Folder, "out", "Microsoft.ML.Core.dll")));
        if (new SlowTestAttribute().IsConditionMet)
        {
            await CompileAndRunAsync(consumer);
        }
    }

    private async Task CompileAndRunAsync(ConsumerProject consumer)
    {
        string[] log = await consumer.MakeAsync("publish", "native", "-r", "linux-x64", "-p:PublishAot=true", "-p:CompileAll=true");
        string program = Path.Combine(consumer.Folder, "native", Name);
        string[] lines = await DotNet.RunProgramAsync(program, Arguments, TestContext.CancellationToken);

        Assert.IsEmpty(log.Where(line => line.Contains("warning", StringComparison.Ordinal)));
        AssertPrinted(lines);
    }

    private static void AssertPrinted(string[] lines)
    {
        SavedResults.AssertScores(lines);
        Assert.AreSequenceEqual(["Healthy", "mobilenetv2/Bundled/192: 1280"], lines.TakeLast(2));
    }
}
