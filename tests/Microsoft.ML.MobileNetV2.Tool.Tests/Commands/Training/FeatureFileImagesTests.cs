using Microsoft.ML.MobileNetV2.Tool.Commands.Training;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Commands.Training;

[TestClass]
public sealed class FeatureFileImagesTests
{
    private const int ImageCount = 20;
    private const int FeatureCount = 2 * ImageCount;

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(true, DisplayName = "the same file")]
    [DataRow(false, DisplayName = "a file that looks alike")]
    public void Split_HasAnImageAndItsCopyOnOneSide(bool isSameFile)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("f.parquet");
        using (FileStream stream = File.Create(path))
        {
            FeatureFile.Write(stream, new("some", "1f3a", 32, FeatureCount, "{}", "1.0.0", Shard.Whole), Enumerable.Range(0, ImageCount).SelectMany(i => CreatePair(i, isSameFile)));
        }

        FeatureFileImages images = FeatureFileImages.Read(path, TestContext.CancellationToken);

        for (int seed = 0; seed < 5; seed++)
        {
            TrainingArguments arguments = new() { Folder = string.Empty, Model = "m.zip", Weights = "bundled", Seed = seed, ValidationFraction = 0.3 };

            TrainingData data = TrainingData.Split(images.ToSource(path), arguments, images.Contents, images.Features, TestContext.CancellationToken);

            string[] measured = [.. data.Validation!.Images.Select(image => image.Image)];
            Assert.HasCount(ImageCount * 2 * 3 / 10, measured);
            Assert.AreSequenceEqual(measured.Order(StringComparer.Ordinal), measured.Select(CopyOf).Order(StringComparer.Ordinal), $"seed {seed}");
        }
    }

    private static FeatureRow[] CreatePair(int index, bool isSameFile)
    {
        string label = index % 2 == 0 ? "even" : "odd";
        float[] features = new float[FeatureCount], copy = new float[FeatureCount];
        features[index] = 1;
        copy[isSameFile ? index + ImageCount : index] = 1;
        copy[^1] = 0.1f;
        return
        [
            new($"{label}/{index:00}a.jpg", label, features, null, $"hash {index}"),
            new($"{label}/{index:00}b.jpg", label, copy, null, isSameFile ? $"hash {index}" : $"other hash {index}"),
        ];
    }

    private static string CopyOf(string path) => path.EndsWith("a.jpg", StringComparison.Ordinal) ? path.Replace("a.jpg", "b.jpg", StringComparison.Ordinal) : path.Replace("b.jpg", "a.jpg", StringComparison.Ordinal);
}
