namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>A user's program with ML.NET.</summary>
[TestClass]
public sealed class ConsumerTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Consumer_RestoresThePackageIntoAnEmptyFolder_BuildsAndRuns()
    {
        ConsumerProject consumer = await ConsumerProject.CreateAsync("Consumer", TestContext.CancellationToken);
        string damaged = consumer.WriteDamagedHdf5File();

        await consumer.MakeAsync("build", "out");
        string[] lines = await consumer.RunAsync(["exec", "out/Consumer.dll", SavedResults.ImagePath, SavedResults.ModelPath, damaged]);

        Assert.AreSequenceEqual(
            [
                $"'{damaged}': the HDF5 file has an address or a size that leads beyond its end. Download or copy the file again.",
                "1280 features, all numbers: True, all zero: False",
                SavedResults.ReadBest(),
            ],
            lines);
        foreach (string id in new[] { PackedLibrary.Id, PackedLibrary.CoreId })
        {
            Assert.IsTrue(Directory.Exists(Path.Combine(consumer.PackageFolder, id.ToLowerInvariant())), $"{id} was restored into the empty folder");
        }
    }
}
